# The words of the demo beside the wizard, in Modern Standard Arabic. The voice is that of reset.ftl.

demo-open = فتح العرض التجريبي
demo-open-new = { $total ->
    [zero] فتح العرض التجريبي
    [one] فتح العرض التجريبي: رسالة جديدة واحدة
    [two] فتح العرض التجريبي: رسالتان جديدتان
    [few] فتح العرض التجريبي: { $total } رسائل جديدة
    [many] فتح العرض التجريبي: { $total } رسالة جديدة
   *[other] فتح العرض التجريبي: { $total } رسالة جديدة
}
demo-close = العودة إلى الصفحة
demo-title = العرض التجريبي
demo-intro = كل شيء يعمل في هذه الصفحة: الخدمة الحقيقية، وهاتف، وصندوق بريد، ودليل. لا شيء يغادر جهازك.
demo-personas = اختر من تكون
demo-phone = الهاتف
demo-phone-empty = لا رسائل نصية ولا مكالمات بعد.
demo-phone-calling = مكالمة من { $tenant }
demo-phone-press = الضغط على #
demo-phone-hang-up = إنهاء المكالمة
demo-phone-answered = أجبت عن المكالمة وضغطت #.
demo-phone-missed = فاتتك هذه المكالمة.
demo-mailbox = صندوق البريد
demo-mailbox-empty = لا بريد بعد.
demo-to = إلى { $address }
demo-copy = نسخ { $code }
demo-app = تطبيق المصادقة
demo-app-left = { $seconds ->
    [zero] رمز جديد الآن.
    [one] رمز جديد بعد ثانية واحدة.
    [two] رمز جديد بعد ثانيتين.
    [few] رمز جديد بعد { $seconds } ثوانٍ.
    [many] رمز جديد بعد { $seconds } ثانية.
   *[other] رمز جديد بعد { $seconds } ثانية.
}
demo-clock = الساعة
demo-clock-now = الوقت الآن { $time }.
demo-clock-forward-minute = بعد دقيقة واحدة
demo-clock-forward-five = بعد 5 دقائق
demo-clock-forward-quarter = بعد 15 دقيقة
demo-clock-forward-day = بعد 24 ساعة
demo-connection = الاتصال
demo-connection-online = متصل
demo-connection-offline = غير متصل
demo-connection-lossy = يفقد الإجابة التالية
demo-directory = الدليل
demo-directory-healthy = يعمل
demo-directory-unreachable = لا يستجيب
demo-directory-misconfigured = لا يسمح لنا بالكتابة
demo-audit = سجل التدقيق
demo-audit-empty = لم يحدث شيء بعد.
demo-reset = بدء العرض التجريبي من جديد
demo-break = تعطيل الصفحة
demo-hint-phone = رقم المحمول المسجّل
demo-hint-office = رقم المكتب المسجّل
demo-hint-answers = الإجابات المسجّلة
demo-persona-ada = خطوة واحدة: بريد إلكتروني أو رسالة نصية
demo-persona-bram = خطوتان: رسالة نصية وتطبيق المصادقة
demo-persona-chen = مكالمة على المحمول أو هاتف المكتب
demo-persona-dalia = أسئلة الأمان
demo-persona-elif = تُسأل عن السبب: نسيان أم قفل
demo-persona-femke = مسؤول: خطوتان دائمًا
demo-persona-george = دليل محلي: تستغرق التغييرات دقيقتين
demo-persona-hana = خطوة واحدة: تطبيق المصادقة
demo-persona-nobody = حساب غير موجود
demo-persona-locked = موقوف 24 ساعة
demo-persona-refusal = مرفوض: { $refusal }
