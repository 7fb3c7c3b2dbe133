# The words of the plain page, which no script fetches, in Modern Standard Arabic. The voice is that of reset.ftl.

no-script-title = تحتاج هذه الصفحة إلى متصفح أحدث، أو إلى تشغيل JavaScript
no-script-body = شغّل JavaScript وWebAssembly لهذه الصفحة، أو افتحها في متصفح آخر. وإذا تعذّر الأمران، فاتصل بمكتب المساعدة أو بالمسؤول. يمكنهما إعطاؤك كلمة مرور جديدة.
no-start-title = تعذّر تشغيل هذه الصفحة
no-start-body = لم يصل جزء من الصفحة. تحقّق من اتصالك بالإنترنت، ثم أعد تحميل الصفحة. وإذا لم ينفع ذلك، فاتصل بمكتب المساعدة أو بالمسؤول. يمكنهما إعطاؤك كلمة مرور جديدة.
no-start-again = إعادة تحميل الصفحة
