# Every word a person reads, in Modern Standard Arabic. The keys and their order are those of en.ftl.
# Voice: second person, what to do, present tense; no jargon, no blame. A "+" and its digits stand in an isolate of their own
# ("\u2066" to "\u2069"), or they would change sides.

## The page

wizard-title = العودة إلى حسابك
wizard-error-prefix = خطأ:
wizard-title-with-error = خطأ: { $title }
wizard-title-with-tenant = { $title } – { $tenant }
wizard-language = اللغة
wizard-back = رجوع
wizard-continue = متابعة
wizard-working = لحظة واحدة…
wizard-start-again = البدء من جديد

gate-mark = البوابة { $gate } من { $total }
gate-mark-open = { $total ->
    [one] البوابة مفتوحة
    [two] البوابتان مفتوحتان
   *[other] كل البوابات مفتوحة، وعددها { $total }
}

summary-title = هناك ما يحتاج إلى تصحيح
summary-icon = مشكلة

## Support

support-code = رمز الدعم { $code }
support-panel-title = ما يسأل عنه مكتب المساعدة
support-panel-intro = أعطِ هذه البيانات لمن يساعدك. ليس فيها أي سر.
support-label-code = رمز الدعم
support-label-sid = المحاولة (SID)
support-label-cid = الارتباط (CID)
support-label-page = الصفحة
support-label-time = الوقت
support-label-identifier = الحساب كما كُتب
support-copy = نسخ الكل
support-copied = تم النسخ.
support-copy-failed = لا يسمح هذا المتصفح بالنسخ. حدد النص وانسخه بنفسك.
support-share = مشاركة
support-contact = الاتصال بالمسؤول
support-contacting = يجري إبلاغ المسؤول…
support-contacted = أُبلغ المسؤول في { $time }، ومعه رمز الدعم الخاص بك.
support-contact-link = فتح صفحة المساعدة في مؤسستك

## Who are you

identify-title = العودة إلى حسابك
identify-hint = أدخل اسم المستخدم أو عنوان البريد الإلكتروني للعمل الذي تسجّل به الدخول.
identify-label = اسم المستخدم أو عنوان البريد الإلكتروني
identify-empty = أدخل اسم المستخدم أو عنوان بريدك الإلكتروني.
identify-too-long = { $max ->
    [one] لا يزيد اسم المستخدم على حرف واحد ({ $max }). راجع ما لصقته.
    [two] لا يزيد اسم المستخدم على حرفين ({ $max }). راجع ما لصقته.
    [few] لا يزيد اسم المستخدم على { $max } أحرف. راجع ما لصقته.
    [many] لا يزيد اسم المستخدم على { $max } حرفًا. راجع ما لصقته.
   *[other] لا يزيد اسم المستخدم على { $max } حرف. راجع ما لصقته.
}
identify-working = نبحث عن طريق إلى حسابك…
identify-work-refused = انتهى وقت الفحص الذي يمنع البرامج الآلية. سيعمل مرة أخرى من تلقاء نفسه: اختر «متابعة» مرة أخرى.

## Why are you having trouble

purpose-title = لماذا لا يمكنك تسجيل الدخول؟
purpose-reset = نسيت كلمة المرور
purpose-reset-hint = تختار كلمة مرور جديدة.
purpose-unlock = أعرف كلمة المرور، ومع ذلك لا يمكنني تسجيل الدخول
purpose-unlock-hint = يُفتح قفل حسابك. وتبقى كلمة المرور كما هي.
purpose-empty = اختر سبب تعذّر تسجيل الدخول.

## Choose a method

method-title = كيف تريد إثبات أنك صاحب الحساب؟
method-title-second = أثبت ذلك الآن بطريقة أخرى
method-empty = اختر إحدى الطرق.
method-email = إرسال رمز إلى عنوان بريدي الإلكتروني الآخر
method-mobile-sms = إرسال رمز في رسالة نصية
method-mobile-call = الاتصال بهاتفي المحمول
method-office-call = الاتصال بهاتفي في المكتب
method-questions = الإجابة عن أسئلة الأمان الخاصة بي
method-authenticator-code = استخدام رمز من تطبيق المصادقة
method-none-of-these = لا تناسبني أي من هذه الطرق
method-passed = تم. البوابة الأولى مفتوحة.
method-sending = يجري إرسال الرمز…
method-calling = نتصل بك الآن…
method-starting = لحظة واحدة…

## Type the phone number

phone-title-text = إلى أي رقم نرسل الرسالة النصية؟
phone-title-call = بأي رقم نتصل؟
phone-hint = أدخل الرقم كاملًا الذي ينتهي مثل { $hint }، مع رمز البلد، مثل { "\u2066" }+1 4251234567{ "\u2069" }.
phone-label = رقم الهاتف
phone-send = إرسال الرسالة النصية
phone-call = اتصلوا بي
phone-empty = أدخل رقم الهاتف.
phone-letters = ليس في رقم الهاتف حروف أبجدية. انظر إلى الخانة { $position }.
phone-character = ليس في رقم الهاتف إلا الأرقام. انظر إلى الخانة { $position }.
phone-no-country = ابدأ بعلامة + ثم رمز البلد، مثل { "\u2066" }+31{ "\u2069" }.
phone-unknown-country = لا يوجد بلد رمزه { "\u2066" }+{ $code }{ "\u2069" }. راجع الأرقام التي بعد علامة +.
phone-too-short = { $min ->
    [one] تنقص بعض الأرقام. بعد رمز البلد يأتي رقم واحد على الأقل ({ $min }).
    [two] تنقص بعض الأرقام. بعد رمز البلد يأتي رقمان على الأقل ({ $min }).
    [few] تنقص بعض الأرقام. بعد رمز البلد تأتي { $min } أرقام على الأقل.
    [many] تنقص بعض الأرقام. بعد رمز البلد يأتي { $min } رقمًا على الأقل.
   *[other] تنقص بعض الأرقام. بعد رمز البلد يأتي { $min } رقم على الأقل.
}
phone-too-long = { $max ->
    [one] الأرقام أكثر من اللازم. بعد رمز البلد يأتي رقم واحد على الأكثر ({ $max }).
    [two] الأرقام أكثر من اللازم. بعد رمز البلد يأتي رقمان على الأكثر ({ $max }).
    [few] الأرقام أكثر من اللازم. بعد رمز البلد تأتي { $max } أرقام على الأكثر.
    [many] الأرقام أكثر من اللازم. بعد رمز البلد يأتي { $max } رقمًا على الأكثر.
   *[other] الأرقام أكثر من اللازم. بعد رمز البلد يأتي { $max } رقم على الأكثر.
}
phone-length = لا يوجد في ذلك البلد رقم بهذا الطول. راجع كل رقم.
phone-malformed = لا يبدو هذا رقم هاتف. راجع كل رقم.
phone-premium-rate = الاتصال بهذا الرقم أغلى من المعتاد، لذلك لا نستخدمه. أدخل رقمًا آخر.
phone-shared-cost = يدفع الطرفان تكلفة الاتصال بهذا الرقم، لذلك لا نستخدمه. أدخل رقمًا آخر.
phone-pager = هذا رقم جهاز نداء: لا تصلك عليه الرسائل النصية ولا مكالمتنا. أدخل رقمًا آخر.
phone-voicemail = يرد البريد الصوتي على هذا الرقم: لا تصلك عليه الرسائل النصية ولا مكالمتنا. أدخل رقمًا آخر.
phone-mismatch = { $left ->
    [0] ليس هذا الرقم المسجّل لدى مؤسستك. إذا أدخلت رقمًا خاطئًا مرة أخرى، تُقفل المحاولة 24 ساعة: اتصل بالمسؤول بدلًا من ذلك.
    [one] ليس هذا الرقم المسجّل لدى مؤسستك. يمكنك المحاولة مرة واحدة أخرى.
    [two] ليس هذا الرقم المسجّل لدى مؤسستك. يمكنك المحاولة مرتين أخريين.
    [few] ليس هذا الرقم المسجّل لدى مؤسستك. يمكنك المحاولة { $left } مرات أخرى.
    [many] ليس هذا الرقم المسجّل لدى مؤسستك. يمكنك المحاولة { $left } مرة أخرى.
   *[other] ليس هذا الرقم المسجّل لدى مؤسستك. يمكنك المحاولة { $left } مرة أخرى.
}
phone-extension-stripped = حُذف الرقم الداخلي { $extension }: لا تصل إليه الرسائل النصية ولا مكالمتنا.
phone-not-in-plan = لا تعرف خطة الترقيم رقمًا كهذا. إذا لم يصل شيء، فراجع أرقامه.

## Enter the code

code-title-email = أدخل الرمز الذي في البريد الإلكتروني
code-title-text = أدخل الرمز الذي في الرسالة النصية
code-title-authenticator = أدخل الرمز الذي في تطبيق المصادقة
code-sent-email = { $digits ->
    [one] إذا كان { $hint } عنوانك، فقد وصلت إليه رسالة فيها رقم واحد ({ $digits }). قد يستغرق ذلك دقيقة: انظر أيضًا في مجلد البريد غير المرغوب فيه.
    [two] إذا كان { $hint } عنوانك، فقد وصلت إليه رسالة فيها رقمان ({ $digits }). قد يستغرق ذلك دقيقة: انظر أيضًا في مجلد البريد غير المرغوب فيه.
    [few] إذا كان { $hint } عنوانك، فقد وصلت إليه رسالة فيها { $digits } أرقام. قد يستغرق ذلك دقيقة: انظر أيضًا في مجلد البريد غير المرغوب فيه.
   *[other] إذا كان { $hint } عنوانك، فقد وصلت إليه رسالة فيها { $digits } رقمًا. قد يستغرق ذلك دقيقة: انظر أيضًا في مجلد البريد غير المرغوب فيه.
}
code-sent-text = { $digits ->
    [one] أرسلنا رقمًا واحدًا ({ $digits }) إلى { $hint }. قد يستغرق ذلك دقيقة.
    [two] أرسلنا رقمين ({ $digits }) إلى { $hint }. قد يستغرق ذلك دقيقة.
    [few] أرسلنا { $digits } أرقام إلى { $hint }. قد يستغرق ذلك دقيقة.
   *[other] أرسلنا { $digits } رقمًا إلى { $hint }. قد يستغرق ذلك دقيقة.
}
code-authenticator-hint = { $digits ->
    [one] افتح التطبيق على هاتفك وأدخل الرقم ({ $digits }) الذي يعرضه لهذا الحساب.
    [two] افتح التطبيق على هاتفك وأدخل الرقمين ({ $digits }) اللذين يعرضهما لهذا الحساب.
    [few] افتح التطبيق على هاتفك وأدخل الأرقام التي يعرضها لهذا الحساب، وهي { $digits } أرقام.
   *[other] افتح التطبيق على هاتفك وأدخل الأرقام التي يعرضها لهذا الحساب، وهي { $digits } رقمًا.
}
code-label = الرمز
code-expires = يعمل الرمز حتى { $time }.
code-empty = أدخل الرمز.
code-too-short = { $digits ->
    [one] في الرمز رقم واحد ({ $digits }). هناك أرقام ناقصة.
    [two] في الرمز رقمان ({ $digits }). هناك أرقام ناقصة.
    [few] في الرمز { $digits } أرقام. هناك أرقام ناقصة.
   *[other] في الرمز { $digits } رقمًا. هناك أرقام ناقصة.
}
code-too-long = { $digits ->
    [one] في الرمز رقم واحد ({ $digits }). هناك أرقام زائدة.
    [two] في الرمز رقمان ({ $digits }). هناك أرقام زائدة.
    [few] في الرمز { $digits } أرقام. هناك أرقام زائدة.
   *[other] في الرمز { $digits } رقمًا. هناك أرقام زائدة.
}
code-wrong = { $left ->
    [0] ليس هذا هو الرمز. اطلب رمزًا جديدًا.
    [one] ليس هذا هو الرمز. يمكنك المحاولة مرة واحدة أخرى.
    [two] ليس هذا هو الرمز. يمكنك المحاولة مرتين أخريين.
    [few] ليس هذا هو الرمز. يمكنك المحاولة { $left } مرات أخرى.
    [many] ليس هذا هو الرمز. يمكنك المحاولة { $left } مرة أخرى.
   *[other] ليس هذا هو الرمز. يمكنك المحاولة { $left } مرة أخرى.
}
code-wrong-authenticator = { $left ->
    [0] ليس هذا هو الرمز الذي يعرضه التطبيق. إذا أدخلت رمزًا خاطئًا مرة أخرى، تُقفل المحاولة 24 ساعة: اتصل بالمسؤول بدلًا من ذلك.
    [one] ليس هذا هو الرمز الذي يعرضه التطبيق الآن. يمكنك المحاولة مرة واحدة أخرى.
    [two] ليس هذا هو الرمز الذي يعرضه التطبيق الآن. يمكنك المحاولة مرتين أخريين.
    [few] ليس هذا هو الرمز الذي يعرضه التطبيق الآن. يمكنك المحاولة { $left } مرات أخرى.
    [many] ليس هذا هو الرمز الذي يعرضه التطبيق الآن. يمكنك المحاولة { $left } مرة أخرى.
   *[other] ليس هذا هو الرمز الذي يعرضه التطبيق الآن. يمكنك المحاولة { $left } مرة أخرى.
}
code-expired = كان الرمز صحيحًا، لكن وقته انتهى. اطلب رمزًا جديدًا.
code-superseded = هذا رمز سابق. أدخل أحدث رمز أرسلناه.
code-used = سبق استخدام هذا الرمز. اطلب رمزًا جديدًا.
code-used-authenticator = سبق استخدام هذا الرمز. انتظر حتى يعرض التطبيق الرمز التالي.
code-spent = رموز خاطئة كثيرة: لم يعد هذا الرمز يعمل. اطلب رمزًا جديدًا.
code-resend = إرسال رمز جديد
code-resend-in = { $seconds ->
    [zero] يمكنك طلب رمز جديد الآن ({ $seconds }).
    [one] يمكنك طلب رمز جديد بعد ثانية واحدة.
    [two] يمكنك طلب رمز جديد بعد ثانيتين.
    [few] يمكنك طلب رمز جديد بعد { $seconds } ثوانٍ.
    [many] يمكنك طلب رمز جديد بعد { $seconds } ثانية.
   *[other] يمكنك طلب رمز جديد بعد { $seconds } ثانية.
}
code-sent-again = رمز جديد في الطريق إليك. لم يعد الرمز السابق يعمل.
code-checking = نتحقق من الرمز…
code-other-method = استخدام طريقة أخرى

## Answer the call

call-title = أجب عن المكالمة واضغط #
call-hint = نتصل بالرقم { $hint }. قد يستغرق ذلك 20 ثانية.
call-waiting = ننتظر أن تجيب وتضغط #…
call-failed = انتهت المكالمة قبل الضغط على #.
call-retry = اتصلوا بي مرة أخرى

## Answer the questions

questions-title = أجب عن أسئلة الأمان الخاصة بك
questions-hint = لا فرق بين الحروف الكبيرة والصغيرة، ولا أثر للمسافات حول الإجابة.
questions-empty = أجب عن السؤال «{ $question }».
questions-wrong = { $left ->
    [0] هناك إجابة خاطئة أو أكثر. إذا أخطأت مرة أخرى، تُقفل المحاولة 24 ساعة: اتصل بالمسؤول بدلًا من ذلك.
    [one] هناك إجابة خاطئة أو أكثر. ها هي أسئلتك من جديد؛ يمكنك المحاولة مرة واحدة أخرى.
    [two] هناك إجابة خاطئة أو أكثر. ها هي أسئلتك من جديد؛ يمكنك المحاولة مرتين أخريين.
    [few] هناك إجابة خاطئة أو أكثر. ها هي أسئلتك من جديد؛ يمكنك المحاولة { $left } مرات أخرى.
    [many] هناك إجابة خاطئة أو أكثر. ها هي أسئلتك من جديد؛ يمكنك المحاولة { $left } مرة أخرى.
   *[other] هناك إجابة خاطئة أو أكثر. ها هي أسئلتك من جديد؛ يمكنك المحاولة { $left } مرة أخرى.
}
questions-checking = نتحقق من إجاباتك…
question-1 = في أي مدينة قابلت شريك حياتك الأول؟
question-2 = في أي مدينة تعارف والداك؟
question-3 = في أي مدينة يسكن أقرب إخوتك إليك سكنًا؟
question-4 = في أي مدينة وُلد والدك؟
question-5 = في أي مدينة كانت وظيفتك الأولى؟
question-6 = في أي مدينة وُلدت والدتك؟
question-7 = في أي مدينة كنت في رأس سنة 2000؟
question-8 = ما اسم عائلة معلّمك المفضّل في المدرسة الثانوية؟
question-9 = ما الجامعة التي تقدّمت إليها ولم تدرس فيها؟
question-10 = أين أقيم حفل زفافك الأول؟
question-11 = ما الاسم الأوسط لوالدك؟
question-12 = ما طعامك المفضّل؟
question-13 = ما اسم والدة والدتك واسم عائلتها؟
question-14 = ما الاسم الأوسط لوالدتك؟
question-15 = في أي شهر وسنة وُلد أكبر إخوتك؟
question-16 = ما الاسم الأوسط لأكبر إخوتك؟
question-17 = ما اسم والد والدك واسم عائلته؟
question-18 = ما الاسم الأوسط لأصغر إخوتك؟
question-19 = ما المدرسة التي درست فيها حين كان عمرك أحد عشر عامًا؟
question-20 = ما اسم أعز أصدقاء طفولتك واسم عائلته؟
question-21 = ما اسم حبك الأول واسم عائلته؟
question-22 = ما اسم عائلة معلّمك المفضّل في المدرسة الابتدائية؟
question-23 = ما طراز أول سيارة أو دراجة نارية لك، ومن صنعها؟
question-24 = ما اسم مدرستك الأولى؟
question-25 = في أي مستشفى وُلدت؟
question-26 = في أي شارع كان بيتك الأول في طفولتك؟
question-27 = من كان بطل طفولتك؟
question-28 = ما اسم دميتك القماشية المفضّلة؟
question-29 = ما اسم أول حيوان أليف لك؟
question-30 = ماذا كان لقبك في طفولتك؟
question-31 = ما رياضتك المفضّلة في المدرسة؟
question-32 = ماذا كانت وظيفتك الأولى؟
question-33 = ما آخر أربعة أرقام من رقم هاتفك في طفولتك؟
question-34 = ماذا كنت تريد أن تصبح في طفولتك؟
question-35 = من أشهر شخص قابلته؟

## New password

password-title = اختر كلمة مرور جديدة
password-hint = بضع كلمات متتالية تخصّك وحدك يسهل حفظها ويصعب تخمينها.
password-label = كلمة المرور الجديدة
password-for = للحساب { $identifier }
password-show = إظهار كلمة المرور
password-show-short = إظهار
password-hide = إخفاء كلمة المرور
password-hide-short = إخفاء
password-visible = كلمة المرور ظاهرة.
password-hidden = كلمة المرور مخفية.
password-rules-title = المطلوب فيها
password-rule-met = تحقّق:
password-rule-open = لم يتحقّق بعد:
password-rule-length = { $min ->
    [one] حرف واحد ({ $min }) أو أكثر
    [two] حرفان ({ $min }) أو أكثر
    [few] { $min } أحرف أو أكثر
    [many] { $min } حرفًا أو أكثر
   *[other] { $min } حرف أو أكثر
}
password-rule-classes = { $required } من هذه الأربعة: حروف صغيرة، حروف كبيرة، أرقام، رموز
password-rule-ascii = حروف وأرقام ورموز من لوحة المفاتيح الإنجليزية فقط
password-rule-identifier = لا شيء من اسم المستخدم
password-rule-directory = ما يطلبه دليل مؤسستك؛ ويتبيّن ذلك عندما تختار «تعيين كلمة المرور»
password-strength = القوة: { $strength }
password-strength-weak = ضعيفة
password-strength-fair = متوسطة
password-strength-strong = قوية
password-set = تعيين كلمة المرور
password-setting = يجري تعيين كلمة المرور. قد يستغرق ذلك نصف دقيقة: أبقِ هذه الصفحة مفتوحة.
password-gates-kept = لا تحتاج إلى إثبات هويتك مرة أخرى.
password-empty = أدخل كلمة مرور جديدة.
password-too-short = { $min ->
    [one] تحتاج كلمة المرور إلى حرف واحد ({ $min }).
    [two] تحتاج كلمة المرور إلى حرفين ({ $min }).
    [few] تحتاج كلمة المرور إلى { $min } أحرف.
    [many] تحتاج كلمة المرور إلى { $min } حرفًا.
   *[other] تحتاج كلمة المرور إلى { $min } حرف.
} { $missing ->
    [one] ينقصها حرف واحد.
    [two] ينقصها حرفان.
    [few] تنقصها { $missing } أحرف.
    [many] ينقصها { $missing } حرفًا.
   *[other] ينقصها { $missing } حرف.
}
password-too-long = { $max ->
    [one] لا تزيد كلمة المرور على حرف واحد ({ $max }).
    [two] لا تزيد كلمة المرور على حرفين ({ $max }).
    [few] لا تزيد كلمة المرور على { $max } أحرف.
    [many] لا تزيد كلمة المرور على { $max } حرفًا.
   *[other] لا تزيد كلمة المرور على { $max } حرف.
}
password-too-few-classes = تحتاج كلمة المرور إلى { $required } من هذه الأربعة: حروف صغيرة، حروف كبيرة، أرقام، رموز.
password-not-ascii = في كلمة المرور حرف لا تقبله أنظمة مؤسستك. استخدم حروفًا وأرقامًا ورموزًا من لوحة المفاتيح الإنجليزية.
password-control-character = في كلمة المرور حرف لا يمكن كتابته على كل لوحة مفاتيح، مثل علامة الجدولة أو السطر الجديد. احذفه.
password-contains-identifier = في كلمة المرور جزء من اسم المستخدم. احذفه.
password-contains-name = في كلمة المرور اسمك. احذفه.
password-contains-tenant = في كلمة المرور اسم مؤسستك. احذفه.
password-banned = يستخدم كثيرون كلمة المرور هذه أو ما يشبهها كثيرًا، لذلك تُجرَّب قبل غيرها. اختر كلمة أخرى.
password-banned-custom = لا تسمح مؤسستك بكلمة المرور هذه ولا بما يشبهها كثيرًا. اختر كلمة أخرى.
password-too-guessable = معظم كلمة المرور كلمات تُجرَّب قبل غيرها. أضف شيئًا لا يخطر إلا ببالك.
password-too-guessable-custom = معظم كلمة المرور كلمات لا تسمح بها مؤسستك. أضف شيئًا لا يخطر إلا ببالك.
password-directory-policy = لم يقبل دليل مؤسستك كلمة المرور هذه. ربما كانت قصيرة أو بسيطة أكثر من اللازم، أو سبق استخدامها، أو كان آخر تغيير لك قريبًا جدًا.
password-directory-history = سبق أن استخدمت كلمة المرور هذه. اختر كلمة جديدة.
password-directory-age = كان آخر تغيير لك أقرب مما تسمح به مؤسستك. اتصل بالمسؤول، أو حاول مرة أخرى غدًا.
password-directory-length = كلمة المرور أقصر مما يطلبه دليل مؤسستك. اجعلها أطول.
password-directory-quality = كلمة المرور أبسط مما يطلبه دليل مؤسستك. امزج بين الكلمات والحروف الكبيرة والأرقام والرموز.
password-directory-unreachable = لا يجيب دليل مؤسستك الآن. لم تتغيّر كلمة المرور. حاول مرة أخرى بعد بضع دقائق.
password-directory-misconfigured = لا يسمح لنا دليل مؤسستك بتغيير كلمة المرور. لم تتغيّر كلمة المرور. اتصل بالمسؤول.
password-outcome-unknown = لم يصلنا هل تغيّرت كلمة المرور أم لا. اختر كلمة مرور مرة أخرى: لا ضرر في ذلك إن كانت قد تغيّرت.

## Unlock

unlock-title = افتح قفل حسابك
unlock-hint = ثبت أنك صاحب الحساب. تبقى كلمة المرور كما هي.
unlock-do = فتح قفل حسابي
unlock-working = يجري فتح قفل حسابك…
unlock-directory-unreachable = لا يجيب دليل مؤسستك الآن. ما زال حسابك مقفلًا. حاول مرة أخرى بعد بضع دقائق.
unlock-directory-misconfigured = لا يسمح لنا دليل مؤسستك بفتح قفل حسابك. اتصل بالمسؤول.
unlock-outcome-unknown = لم يصلنا هل فُتح قفل حسابك أم لا. حاول مرة أخرى: لا ضرر في ذلك إن كان قد فُتح.

## Done

done-reset-title = تغيّرت كلمة المرور
done-reset-now = تعمل في كل مكان من الآن.
done-reset-soon = { $minutes ->
    [zero] تعمل في كل مكان خلال { $minutes } دقيقة.
    [one] تعمل في كل مكان خلال دقيقة واحدة.
    [two] تعمل في كل مكان خلال دقيقتين.
    [few] تعمل في كل مكان خلال { $minutes } دقائق.
    [many] تعمل في كل مكان خلال { $minutes } دقيقة.
   *[other] تعمل في كل مكان خلال { $minutes } دقيقة.
}
done-unlock-title = فُتح قفل حسابك
done-unlock-now = يمكنك تسجيل الدخول بكلمة المرور التي تعرفها.
done-unlock-soon = { $minutes ->
    [zero] يمكنك تسجيل الدخول بكلمة المرور التي تعرفها خلال { $minutes } دقيقة.
    [one] يمكنك تسجيل الدخول بكلمة المرور التي تعرفها خلال دقيقة واحدة.
    [two] يمكنك تسجيل الدخول بكلمة المرور التي تعرفها خلال دقيقتين.
    [few] يمكنك تسجيل الدخول بكلمة المرور التي تعرفها خلال { $minutes } دقائق.
    [many] يمكنك تسجيل الدخول بكلمة المرور التي تعرفها خلال { $minutes } دقيقة.
   *[other] يمكنك تسجيل الدخول بكلمة المرور التي تعرفها خلال { $minutes } دقيقة.
}
done-notified = أبلغنا { $places }، لكي تعرف بالأمر إن لم تكن أنت من فعل ذلك.
done-devices = ما زالت كلمة المرور القديمة محفوظة في الهواتف والأجهزة الأخرى التي تسجّل الدخول من تلقاء نفسها. غيّرها فيها أيضًا.
done-sign-in = تسجيل الدخول
done-close = يمكنك إغلاق هذه الصفحة.

## Refusals

refusal-what-you-can-do = ما يمكنك فعله
refusal-who-can-help = من يمكنه المساعدة
refusal-when = متى تعمل الخدمة
refusal-details = بيانات لمكتب المساعدة
refusal-details-line = { $code }. { $detail }
refusal-help-request = أبلغ المسؤول من هنا؛ يُرسل معه رمز الدعم الخاص بك.
refusal-help-link = تجد في صفحة المساعدة في مؤسستك كيف تصل إلى مكتب المساعدة.
refusal-help-ask = اتصل بمكتب المساعدة أو زُره، واقرأ لهم رمز الدعم الموجود أدناه.
refusal-tenant-disabled-title = أوقفت مؤسستك هذه الخدمة
refusal-tenant-disabled-do = اطلب من المسؤول كلمة مرور جديدة.
refusal-tenant-disabled-detail = إعادة تعيين كلمة المرور غير مفعّلة في هذه المؤسسة.
refusal-no-policy-title = لم تُعدّ مؤسستك هذه الخدمة بعد
refusal-no-policy-do = اطلب من المسؤول كلمة مرور جديدة.
refusal-no-policy-detail = لا توجد سياسة لإعادة تعيين كلمة المرور في هذه المؤسسة.
refusal-not-licensed-title = ليس لحسابك ترخيص لهذه الخدمة
refusal-not-licensed-do = اطلب من المسؤول كلمة مرور جديدة، واطلب الترخيص أيضًا.
refusal-not-licensed-detail = الترخيص اللازم لإعادة تعيين كلمة المرور غير مخصّص لهذا الحساب.
refusal-not-in-group-title = هذه الخدمة غير متاحة لحسابك
refusal-not-in-group-do = اطلب من المسؤول كلمة مرور جديدة، أو إضافتك إلى المجموعة التي يحق لها استخدام هذه الخدمة.
refusal-not-in-group-detail = ليس الحساب في أي مجموعة فُعّلت لها إعادة تعيين كلمة المرور.
refusal-account-not-enabled-title = حسابك غير مفعّل لهذه الخدمة
refusal-account-not-enabled-do = اطلب من المسؤول تفعيل حسابك.
refusal-account-not-enabled-detail = الحساب معطّل، أو مستثنى من إعادة تعيين كلمة المرور.
refusal-could-not-verify-title = لا يمكننا التحقق من أنك صاحب الحساب
refusal-could-not-verify-do = اطلب من المسؤول كلمة مرور جديدة. وبعد تسجيل الدخول، سجّل رقم هاتف أو عنوان بريد إلكتروني آخر، لتساعد نفسك في المرة القادمة.
refusal-could-not-verify-detail = إعادة تعيين كلمة المرور مفعّلة لهذا الحساب، لكن ليست له أي طريقة تحقق مسجّلة.
refusal-not-properly-configured-title = المعلومات المسجّلة لا تكفي للتحقق من أنك صاحب الحساب
refusal-not-properly-configured-do = اطلب من المسؤول كلمة مرور جديدة. وبعد تسجيل الدخول، سجّل رقم هاتف أو عنوان بريد إلكتروني إضافيًا، لتساعد نفسك في المرة القادمة.
refusal-not-properly-configured-detail = طرق التحقق المسجّلة أقل مما تطلبه السياسة.
refusal-managed-elsewhere-title = كلمة المرور محفوظة في نظام آخر
refusal-managed-elsewhere-do = غيّرها حيث حصلت عليها، أو اسأل المسؤول أين ذلك.
refusal-managed-elsewhere-detail = لا تدير هذه الخدمة كلمة مرور هذا الحساب.
refusal-write-back-not-enabled-title = لا يمكن تغيير كلمة المرور إلا داخل مؤسستك
refusal-write-back-not-enabled-do = اطلب من المسؤول كلمة مرور جديدة.
refusal-write-back-not-enabled-detail = تُدار كلمة المرور محليًا، والكتابة إلى الدليل المحلي غير مفعّلة.
refusal-on-premises-admin-action-title = هناك عائق في إعدادات مؤسستك
refusal-on-premises-admin-action-do = اطلب من المسؤول كلمة مرور جديدة، واقرأ له الرمز الموجود في البيانات.
refusal-on-premises-admin-action-detail = لا تعمل الكتابة إلى الدليل المحلي بسبب خطأ في الإعدادات المحلية.
refusal-on-premises-connectivity-title = لا يجيب دليل مؤسستك الآن
refusal-on-premises-connectivity-do = حاول مرة أخرى بعد بضع دقائق.
refusal-on-premises-connectivity-detail = لا تعمل الكتابة إلى الدليل المحلي لتعذّر الوصول إلى البيئة المحلية.
refusal-on-premises-connectivity-when = حالما يعود الاتصال، وكثيرًا ما يكون ذلك خلال دقائق.

## Locked, ended, lost, broken

locked-title = محاولات كثيرة: قفل لمدة 24 ساعة
locked-until = يمكنك المحاولة مرة أخرى في { $time }.
locked-why = يمنع هذا غيرك من الاستمرار في المحاولة بلا نهاية.
locked-do = انتظر حتى ذلك الوقت، أو اطلب من المسؤول كلمة مرور جديدة الآن.
ended-title = انتهى الوقت المتاح
ended-body = حفاظًا على أمانك تنتهي المحاولة بعد 15 دقيقة. لم يتغيّر شيء.
ended-cancelled-title = غادرت هذه المحاولة
ended-cancelled-body = لم يتغيّر شيء.
ended-superseded-title = تم هذا من قبل
ended-superseded-body = أُعيد تعيين كلمة مرور حسابك أو فُتح قفله في محاولة أخرى وهذه مفتوحة، فانتهت هذه. إن لم تكن أنت من فعل ذلك، فاتصل بالمسؤول فورًا.
leave-title = هل تريد المغادرة والبدء من جديد؟
leave-body = يبقى ما أثبتّه حتى الآن إذا بقيت هنا.
leave-stay = البقاء حيث كنت
leave-go = المغادرة والبدء من جديد
idle-warning = { $minutes ->
    [zero] تنتهي المحاولة خلال { $minutes } دقيقة. يبقى ما كتبته حتى ذلك الحين.
    [one] تنتهي المحاولة خلال دقيقة واحدة. يبقى ما كتبته حتى ذلك الحين.
    [two] تنتهي المحاولة خلال دقيقتين. يبقى ما كتبته حتى ذلك الحين.
    [few] تنتهي المحاولة خلال { $minutes } دقائق. يبقى ما كتبته حتى ذلك الحين.
    [many] تنتهي المحاولة خلال { $minutes } دقيقة. يبقى ما كتبته حتى ذلك الحين.
   *[other] تنتهي المحاولة خلال { $minutes } دقيقة. يبقى ما كتبته حتى ذلك الحين.
}
idle-warning-seconds = { $seconds ->
    [zero] تنتهي المحاولة خلال { $seconds } ثانية.
    [one] تنتهي المحاولة خلال ثانية واحدة.
    [two] تنتهي المحاولة خلال ثانيتين.
    [few] تنتهي المحاولة خلال { $seconds } ثوانٍ.
    [many] تنتهي المحاولة خلال { $seconds } ثانية.
   *[other] تنتهي المحاولة خلال { $seconds } ثانية.
}
lost-title = انقطع الاتصال
lost-body = ما كتبته ما زال هنا، ولا يُرسل شيء مرتين. تأكد من أنك متصل بالإنترنت، ثم حاول مرة أخرى.
lost-retry = المحاولة مرة أخرى
lost-many = كثيرون يطلبون الخدمة في الوقت نفسه. يمكنك المحاولة مرة أخرى في { $time }.
lost-service = لم تُجب الخدمة كما ينبغي. لم يضِع شيء: حاول مرة أخرى.
broken-title = تعطّل شيء في هذه الصفحة
broken-body = لم يضِع شيء يخصّك. أعد تحميل الصفحة لتعود إلى حيث كنت.
broken-reload = إعادة تحميل الصفحة
broken-help = إذا تكرر ذلك، فاتصل بالمسؤول أو بمكتب المساعدة.
no-script-title = تحتاج هذه الصفحة إلى متصفح أحدث، أو إلى تشغيل البرامج النصية
no-script-body = شغّل JavaScript وWebAssembly لهذه الصفحة، أو افتحها في متصفح آخر. وإذا تعذّر الأمران، فاتصل بمكتب المساعدة أو بالمسؤول: يمكنهم إعطاؤك كلمة مرور جديدة.

## Mails, texts and calls

mail-code-subject = { $code } هو رمزك لدى { $tenant }
mail-code-body = هناك من يعود إلى الحساب { $identifier }، ونرجو أن يكون أنت. رمزك هو { $code }، ويعمل حتى { $time }. إن لم تكن أنت، فلا تفعل شيئًا: لا يتغيّر شيء بدون الرمز. لن يسألك عنه أحد من { $tenant } أبدًا.
mail-reset-subject = تغيّرت كلمة المرور
mail-reset-body = تغيّرت كلمة مرور { $identifier } في { $time }. إن كنت أنت من غيّرها، فليس عليك فعل شيء. وإن لم تكن أنت، فاتصل بالمسؤول فورًا وأعطه رمز الدعم { $code }.
mail-unlocked-subject = فُتح قفل حسابك
mail-unlocked-body = فُتح قفل الحساب { $identifier } في { $time }. إن كنت أنت من فتحه، فليس عليك فعل شيء. وإن لم تكن أنت، فاتصل بالمسؤول فورًا وأعطه رمز الدعم { $code }.
mail-locked-subject = محاولات كثيرة للعودة إلى حسابك
mail-locked-body = جرت محاولات كثيرة للعودة إلى الحساب { $identifier }، وكانت آخرها في { $time }. لم تتغيّر كلمة مرورك، ولا يمكن لأحد المحاولة مرة أخرى حتى { $until }. إن كنت أنت من حاول، فانتظر حتى ذلك الوقت، أو اطلب من المسؤول كلمة مرور جديدة. وإن لم تكن أنت، فاتصل بالمسؤول فورًا وأعطه رمز الدعم { $code }.
mail-admin-reset-subject = تغيّرت كلمة مرور أحد المسؤولين
mail-admin-reset-body = تغيّرت كلمة مرور المسؤول { $identifier } في { $time } عبر الخدمة الذاتية. إن لم يفعل ذلك أحد تعرفه، فتحقّق من الأمر فورًا. رمز الدعم { $code }.
mail-help-subject = لا يستطيع { $identifier } الدخول
mail-help-body = حاول { $identifier } العودة إلى حسابه في { $time } ويطلب مساعدتك. تأكد أولًا من أنه صاحب الحساب حقًا. رمز الدعم { $code }.
server-mail-contact = إن احتجت إلى مساعدة، فهذا مكتب المساعدة: { $address }
text-code-body = { $code } هو رمزك لدى { $tenant }. يعمل حتى { $time }. لا تعطه لأحد.
voice-code-body = هذه مكالمة من { $tenant }. إن كنت تريد العودة إلى حسابك، فاضغط #. وإلا فأنهِ المكالمة.
server-voice-pressed = شكرًا لك. عُد إلى متصفحك.

## The demo beside the wizard

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
demo-intro = كل شيء يعمل في هذه الصفحة: المحرّك الحقيقي، وهاتف، وصندوق بريد، ودليل. لا شيء يغادر جهازك.
demo-personas = من أنت اليوم؟
demo-phone = الهاتف
demo-phone-empty = لا رسائل نصية ولا مكالمات بعد.
demo-phone-calling = مكالمة من { $tenant }
demo-phone-press = الضغط على #
demo-phone-hang-up = إنهاء المكالمة
demo-phone-answered = أجبت على المكالمة وضغطت #.
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
demo-directory-healthy = سليم
demo-directory-unreachable = لا يجيب
demo-directory-misconfigured = لا يسمح لنا بالكتابة
demo-audit = سجل التدقيق
demo-audit-empty = لم يحدث شيء بعد.
demo-reset = بدء العرض من جديد
demo-break = إيقاف الصفحة بعطل
demo-hint-phone = رقم المحمول المسجّل
demo-hint-office = رقم المكتب المسجّل
demo-hint-answers = الإجابات المسجّلة
demo-persona-ada = بوابة واحدة: بريد إلكتروني أو رسالة نصية
demo-persona-bram = بوابتان: رسالة نصية وتطبيق المصادقة
demo-persona-chen = مكالمة على المحمول أو هاتف المكتب
demo-persona-dalia = أسئلة الأمان
demo-persona-elif = تُسأل عن السبب: نسيان أم قفل
demo-persona-femke = مسؤول: بوابتان دائمًا
demo-persona-george = دليل محلي: تستغرق التغييرات دقيقتين
demo-persona-hana = بوابة واحدة: تطبيق المصادقة
demo-persona-nobody = لا أحد: حساب غير موجود
demo-persona-locked = قفل لمدة 24 ساعة
demo-persona-refusal = مرفوض: { $refusal }
