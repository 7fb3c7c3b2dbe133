# Every word a person reads, in Modern Standard Arabic. The keys and their order are those of en.ftl.
# Voice: second person, what to do, present tense; no jargon, no blame. A "+" and its digits stand in an isolate of their own
# ("\u2066" to "\u2069"), or they would change sides.

## The page

wizard-title = استعادة الوصول إلى حسابك
wizard-error-prefix = خطأ:
wizard-title-with-error = خطأ: { $title }
wizard-title-with-tenant = { $title } – { $tenant }
wizard-language = اللغة
wizard-back = رجوع
wizard-continue = متابعة
wizard-working = لحظة واحدة…
wizard-start-again = البدء من جديد
wizard-start-again-now = البدء من جديد الآن

gate-mark = الخطوة { $gate } من { $total }
gate-mark-open = اكتملت الخطوتان
account-for = للحساب { $identifier }
account-change = تغيير

summary-title = هناك ما يحتاج إلى تصحيح

## Support

support-code = رمز الدعم { $code }
support-panel-title = معلومات يطلبها مكتب المساعدة
support-panel-intro = أعطِ هذه المعلومات لمن يساعدك. ليس فيها أي سر.
support-label-code = رمز الدعم
support-label-reason = السبب
support-label-sid = المحاولة (SID)
support-label-cid = الارتباط (CID)
support-label-page = الصفحة
support-label-time = الوقت
support-label-identifier = الحساب كما كُتب
support-copy = نسخ الكل
support-copied = تم النسخ.
support-copy-failed = لا يستطيع هذا المتصفح نسخ النص. حدده وانسخه بنفسك.
support-share = مشاركة
support-contact = مراسلة المسؤول
support-contacting = يجري إرسال الرسالة…
support-contacted = أرسلنا رسالة إلى المسؤول عند الساعة { $time }، ومعها رمز الدعم الخاص بك.
support-contact-link = الانتقال إلى صفحة المساعدة في مؤسستك

## Who are you

identify-title = استعادة الوصول إلى حسابك
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
identify-malformed = أدخل اسم مستخدم واحدًا أو عنوان بريد إلكتروني واحدًا، مثل { "\u2066" }ada@contoso.example{ "\u2069" }.
identify-organisation-missing = أضف علامة @ واسم مؤسستك، مثل { "\u2066" }ada@contoso.example{ "\u2069" }.
identify-organisation-unknown = لا نعرف هذه المؤسسة. راجع ما كتبته بعد علامة @.
identify-working = نتحقق من طرق استعادة الوصول إلى حسابك…
identify-reset-before = غُيِّرت كلمة مرورك عند الساعة { $time }.
identify-unlocked-before = فُتح قفل حسابك عند الساعة { $time }.
identify-work-refused = استغرق الفحص الذي يمنع البرامج الآلية وقتًا طويلًا. اختر «متابعة» لتشغيله مرة أخرى.

## Why are you having trouble

purpose-title = فيمَ تحتاج إلى المساعدة؟
purpose-reset = نسيت كلمة المرور
purpose-reset-hint = تختار كلمة مرور جديدة.
purpose-unlock = أعرف كلمة المرور، لكن لا يمكنني تسجيل الدخول
purpose-unlock-hint = نفتح قفل حسابك. وتبقى كلمة المرور كما هي.
purpose-empty = اختر ما تحتاج إلى المساعدة فيه.

## Choose a method

method-title = كيف تريد إثبات أنك صاحب الحساب؟
method-title-second = أثبت الآن أنك صاحب الحساب بطريقة أخرى
method-empty = اختر كيف تريد إثبات أنك صاحب الحساب.
method-email = إرسال رمز إلى عنوان بريدي الإلكتروني الآخر
method-mobile-sms = إرسال رمز في رسالة نصية
method-mobile-call = الاتصال بهاتفي المحمول
method-office-call = الاتصال بهاتفي في المكتب
method-questions = الإجابة عن أسئلة الأمان الخاصة بي
method-authenticator-code = استخدام رمز من تطبيق المصادقة
method-ending = ينتهي بـ { $hint }
method-none-of-these = لا يمكنني استخدام أي من هذه الطرق
method-passed = اكتملت الخطوة 1.
method-sending = يجري إرسال الرمز…
method-calling = نتصل بك الآن…
method-starting = لحظة واحدة…

## Type the phone number

phone-title-text = إلى أي رقم نرسل الرسالة النصية؟
phone-title-call = بأي رقم نتصل؟
phone-hint = أدخل رقمك كاملًا. يبدأ بـ { $begin } وينتهي بـ { $end }.
phone-hint-end = أدخل رقمك كاملًا مع رمز البلد. ينتهي بـ { $end }.
phone-label = رقم الهاتف
phone-send = إرسال الرسالة النصية
phone-call = الاتصال بي
phone-empty = أدخل رقم هاتفك.
phone-letters = لا توجد في رقم الهاتف حروف أبجدية. راجع الخانة { $position }.
phone-character = لا توجد في رقم الهاتف إلا الأرقام. راجع الخانة { $position }.
phone-no-country = ابدأ بعلامة + ثم رمز البلد، مثل { "\u2066" }+971{ "\u2069" }.
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
phone-length = أرقام الهاتف في ذلك البلد أطول من هذا الرقم أو أقصر منه. راجع الأرقام واحدًا واحدًا.
phone-malformed = لا يبدو هذا رقم هاتف. راجع الأرقام واحدًا واحدًا.
phone-premium-rate = الاتصال بهذا الرقم أغلى من المعتاد، لذلك لا يمكننا استخدامه. أدخل رقمًا آخر.
phone-shared-cost = يدفع الطرفان تكلفة الاتصال بهذا الرقم، لذلك لا يمكننا استخدامه. أدخل رقمًا آخر.
phone-pager = هذا رقم جهاز نداء. لا يمكننا إرسال رسالة نصية إليه ولا الاتصال به. أدخل رقمًا آخر.
phone-voicemail = يرد البريد الصوتي على هذا الرقم، لذلك لا يمكننا الوصول إليك عليه. أدخل رقمًا آخر.
phone-mismatch = { $left ->
    [0] ليس هذا هو الرقم المسجّل لك لدى مؤسستك. إذا أدخلت رقمًا خاطئًا مرة أخرى، فستُوقف المحاولة 24 ساعة. تواصل مع المسؤول بدلًا من ذلك.
    [one] ليس هذا هو الرقم المسجّل لك لدى مؤسستك. يمكنك المحاولة مرة واحدة أخرى.
    [two] ليس هذا هو الرقم المسجّل لك لدى مؤسستك. يمكنك المحاولة مرتين أخريين.
    [few] ليس هذا هو الرقم المسجّل لك لدى مؤسستك. يمكنك المحاولة { $left } مرات أخرى.
    [many] ليس هذا هو الرقم المسجّل لك لدى مؤسستك. يمكنك المحاولة { $left } مرة أخرى.
   *[other] ليس هذا هو الرقم المسجّل لك لدى مؤسستك. يمكنك المحاولة { $left } مرة أخرى.
}
phone-extension-stripped = حذفنا رقم التحويلة { $extension }. لا يمكننا إرسال رسالة نصية إلى رقم تحويلة ولا الاتصال به.
phone-not-in-plan = لا نعرف رقمًا بهذا الشكل. إذا لم يصل شيء، فراجع الأرقام.

## Enter the code

code-title-email = أدخل الرمز الذي وصلك بالبريد الإلكتروني
code-title-text = أدخل الرمز الذي وصلك في الرسالة النصية
code-title-authenticator = أدخل الرمز الذي يظهر في تطبيق المصادقة
code-sent-email = { $digits ->
    [one] أرسلنا إلى عنوان بريدك الإلكتروني الآخر رمزًا من رقم واحد ({ $digits }). قد يستغرق ذلك دقيقة. راجع أيضًا مجلد البريد غير المرغوب فيه.
    [two] أرسلنا إلى عنوان بريدك الإلكتروني الآخر رمزًا من رقمين ({ $digits }). قد يستغرق ذلك دقيقة. راجع أيضًا مجلد البريد غير المرغوب فيه.
    [few] أرسلنا إلى عنوان بريدك الإلكتروني الآخر رمزًا من { $digits } أرقام. قد يستغرق ذلك دقيقة. راجع أيضًا مجلد البريد غير المرغوب فيه.
   *[other] أرسلنا إلى عنوان بريدك الإلكتروني الآخر رمزًا من { $digits } رقمًا. قد يستغرق ذلك دقيقة. راجع أيضًا مجلد البريد غير المرغوب فيه.
}
code-sent-text = { $digits ->
    [one] أرسلنا رمزًا من رقم واحد ({ $digits }) إلى الرقم الذي ينتهي بـ { $hint }. قد يستغرق ذلك دقيقة.
    [two] أرسلنا رمزًا من رقمين ({ $digits }) إلى الرقم الذي ينتهي بـ { $hint }. قد يستغرق ذلك دقيقة.
    [few] أرسلنا رمزًا من { $digits } أرقام إلى الرقم الذي ينتهي بـ { $hint }. قد يستغرق ذلك دقيقة.
   *[other] أرسلنا رمزًا من { $digits } رقمًا إلى الرقم الذي ينتهي بـ { $hint }. قد يستغرق ذلك دقيقة.
}
code-authenticator-hint = { $digits ->
    [one] افتح التطبيق على هاتفك وأدخل الرقم ({ $digits }) الذي يعرضه لهذا الحساب.
    [two] افتح التطبيق على هاتفك وأدخل الرقمين ({ $digits }) اللذين يعرضهما لهذا الحساب.
    [few] افتح التطبيق على هاتفك وأدخل الأرقام التي يعرضها لهذا الحساب، وهي { $digits } أرقام.
   *[other] افتح التطبيق على هاتفك وأدخل الأرقام التي يعرضها لهذا الحساب، وهي { $digits } رقمًا.
}
code-label = الرمز
code-expires = يعمل حتى الساعة { $time }
code-ended = انتهى هذا الرمز عند الساعة { $time }
code-empty = أدخل الرمز.
code-too-short = { $digits ->
    [one] في الرمز رقم واحد ({ $digits }). هناك أرقام ناقصة.
    [two] في الرمز رقمان ({ $digits }). هناك أرقام ناقصة.
    [few] في الرمز { $digits } أرقام. هناك أرقام ناقصة.
   *[other] في الرمز { $digits } رقمًا. هناك أرقام ناقصة.
}
code-too-long = { $digits ->
    [one] في الرمز رقم واحد ({ $digits }). أدخلت أكثر من ذلك.
    [two] في الرمز رقمان ({ $digits }). أدخلت أكثر من ذلك.
    [few] في الرمز { $digits } أرقام. أدخلت أكثر من ذلك.
   *[other] في الرمز { $digits } رقمًا. أدخلت أكثر من ذلك.
}
code-wrong = { $left ->
    [0] ليس هذا هو الرمز الصحيح. اطلب رمزًا جديدًا.
    [one] ليس هذا هو الرمز الصحيح. يمكنك المحاولة مرة واحدة أخرى.
    [two] ليس هذا هو الرمز الصحيح. يمكنك المحاولة مرتين أخريين.
    [few] ليس هذا هو الرمز الصحيح. يمكنك المحاولة { $left } مرات أخرى.
    [many] ليس هذا هو الرمز الصحيح. يمكنك المحاولة { $left } مرة أخرى.
   *[other] ليس هذا هو الرمز الصحيح. يمكنك المحاولة { $left } مرة أخرى.
}
code-wrong-authenticator = { $left ->
    [0] ليس هذا هو الرمز الذي يعرضه التطبيق. إذا أدخلت رمزًا خاطئًا مرة أخرى، فستُوقف المحاولة 24 ساعة. تواصل مع المسؤول بدلًا من ذلك.
    [one] ليس هذا هو الرمز الذي يعرضه التطبيق الآن. يمكنك المحاولة مرة واحدة أخرى.
    [two] ليس هذا هو الرمز الذي يعرضه التطبيق الآن. يمكنك المحاولة مرتين أخريين.
    [few] ليس هذا هو الرمز الذي يعرضه التطبيق الآن. يمكنك المحاولة { $left } مرات أخرى.
    [many] ليس هذا هو الرمز الذي يعرضه التطبيق الآن. يمكنك المحاولة { $left } مرة أخرى.
   *[other] ليس هذا هو الرمز الذي يعرضه التطبيق الآن. يمكنك المحاولة { $left } مرة أخرى.
}
code-expired = كان الرمز صحيحًا، لكن مدته انتهت. اطلب رمزًا جديدًا.
code-superseded = هذا رمز قديم. أدخل أحدث رمز أرسلناه.
code-used = سبق استخدام هذا الرمز. اطلب رمزًا جديدًا.
code-used-authenticator = سبق استخدام هذا الرمز. انتظر حتى يعرض التطبيق الرمز التالي.
code-spent = أُدخلت رموز خاطئة كثيرة، لذلك لم يعد هذا الرمز يعمل. اطلب رمزًا جديدًا.
code-resend = إرسال رمز جديد
code-new-in = رمز جديد بعد { $time }
code-resend-ready = يمكنك طلب رمز جديد الآن.
code-sent-again = أرسلنا رمزًا جديدًا. لم يعد الرمز القديم يعمل.
code-checking = نتحقق من الرمز…
code-other-method = استخدام طريقة أخرى

## Answer the call

call-title = أجب عن المكالمة واضغط #
call-hint = نتصل بالرقم الذي ينتهي بـ { $hint }. قد يستغرق ذلك 20 ثانية.
call-waiting = ننتظر أن تجيب وتضغط #…
call-failed = انتهت المكالمة قبل أن تضغط #.
call-retry = معاودة الاتصال بي
call-retry-ready = يمكنك طلب مكالمة أخرى الآن.

## Answer the questions

questions-title = أجب عن أسئلة الأمان الخاصة بك
questions-hint = لا فرق بين الحروف الكبيرة والصغيرة، ولا أثر للمسافات قبل الإجابة أو بعدها.
questions-empty = أجب عن السؤال «{ $question }».
questions-wrong = { $left ->
    [0] هناك إجابة خاطئة أو أكثر. إذا أخطأت مرة أخرى، فستُوقف المحاولة 24 ساعة. تواصل مع المسؤول بدلًا من ذلك.
    [one] هناك إجابة خاطئة أو أكثر. ها هي أسئلتك من جديد. يمكنك المحاولة مرة واحدة أخرى.
    [two] هناك إجابة خاطئة أو أكثر. ها هي أسئلتك من جديد. يمكنك المحاولة مرتين أخريين.
    [few] هناك إجابة خاطئة أو أكثر. ها هي أسئلتك من جديد. يمكنك المحاولة { $left } مرات أخرى.
    [many] هناك إجابة خاطئة أو أكثر. ها هي أسئلتك من جديد. يمكنك المحاولة { $left } مرة أخرى.
   *[other] هناك إجابة خاطئة أو أكثر. ها هي أسئلتك من جديد. يمكنك المحاولة { $left } مرة أخرى.
}
questions-checking = نتحقق من إجاباتك…
question-1 = في أي مدينة قابلت شريك حياتك الأول؟
question-2 = في أي مدينة تعارف والداك؟
question-3 = في أي مدينة يعيش أقرب إخوتك سكنًا إليك؟
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
question-23 = ما ماركة أول سيارة أو دراجة نارية لك وما طرازها؟
question-24 = ما اسم مدرستك الأولى؟
question-25 = في أي مستشفى وُلدت؟
question-26 = في أي شارع كان بيتك الأول في طفولتك؟
question-27 = من كان بطل طفولتك؟
question-28 = ما اسم دميتك القماشية المفضّلة في طفولتك؟
question-29 = ما اسم أول حيوان أليف لك؟
question-30 = ماذا كان لقبك في طفولتك؟
question-31 = ما رياضتك المفضّلة في المدرسة؟
question-32 = ماذا كانت وظيفتك الأولى؟
question-33 = ما آخر أربعة أرقام من رقم هاتفك في طفولتك؟
question-34 = ماذا كنت تريد أن تصبح في طفولتك؟
question-35 = من أشهر شخص قابلته؟

## New password

password-title = اختر كلمة مرور جديدة
password-hint = بضع كلمات لا يجمع بينها أحد غيرك يسهل حفظها ويصعب تخمينها.
password-label = كلمة المرور الجديدة
password-show = إظهار كلمة المرور
password-show-short = إظهار
password-hide = إخفاء كلمة المرور
password-hide-short = إخفاء
password-visible = كلمة المرور ظاهرة.
password-hidden = كلمة المرور مخفية.
password-rules-title = المطلوب في كلمة المرور
password-rule-met = تحقّق:
password-rule-open = لم يتحقّق بعد:
password-rule-length = من { $min } إلى { $max } حرفًا
password-rule-classes = { $required } من هذه الأربعة: حروف صغيرة، حروف كبيرة، أرقام، رموز
password-rule-ascii = حروف وأرقام ورموز من لوحة المفاتيح الإنجليزية فقط
password-rule-identifier = ألا تحتوي على جزء من اسم المستخدم
password-rule-directory = أن تستوفي قواعد مؤسستك، ونتحقق من ذلك عندما تختار «تعيين كلمة المرور»
password-strength = القوة: { $strength }
password-strength-weak = ضعيفة
password-set = تعيين كلمة المرور
password-setting = يجري تعيين كلمة المرور. قد يستغرق ذلك نصف دقيقة. أبقِ هذه الصفحة مفتوحة.
password-gates-kept = لا تحتاج إلى إثبات هويتك مرة أخرى.
password-empty = أدخل كلمة مرور جديدة.
password-too-short = { $min ->
    [one] يجب ألا تقل كلمة المرور عن حرف واحد ({ $min }).
    [two] يجب ألا تقل كلمة المرور عن حرفين ({ $min }).
    [few] يجب ألا تقل كلمة المرور عن { $min } أحرف.
    [many] يجب ألا تقل كلمة المرور عن { $min } حرفًا.
   *[other] يجب ألا تقل كلمة المرور عن { $min } حرف.
} { $missing ->
    [one] أضف حرفًا واحدًا.
    [two] أضف حرفين.
    [few] أضف { $missing } أحرف.
    [many] أضف { $missing } حرفًا.
   *[other] أضف { $missing } حرف.
}
password-too-long = { $max ->
    [one] يجب ألا تزيد كلمة المرور على حرف واحد ({ $max }).
    [two] يجب ألا تزيد كلمة المرور على حرفين ({ $max }).
    [few] يجب ألا تزيد كلمة المرور على { $max } أحرف.
    [many] يجب ألا تزيد كلمة المرور على { $max } حرفًا.
   *[other] يجب ألا تزيد كلمة المرور على { $max } حرف.
}
password-too-few-classes = تحتاج كلمة المرور إلى { $required } من هذه الأربعة: حروف صغيرة، حروف كبيرة، أرقام، رموز.
password-not-ascii = في كلمة المرور حرف لا تستطيع أنظمة مؤسستك استخدامه. استخدم حروفًا وأرقامًا ورموزًا من لوحة المفاتيح الإنجليزية فقط.
password-control-character = في كلمة المرور حرف لا يمكن كتابته على كل لوحة مفاتيح، مثل علامة الجدولة أو السطر الجديد. احذفه.
password-contains-identifier = في كلمة المرور جزء من اسم المستخدم. احذفه.
password-contains-name = في كلمة المرور اسمك. احذفه.
password-contains-tenant = في كلمة المرور اسم مؤسستك. احذفه.
password-banned = يستخدم كثيرون كلمة المرور هذه أو ما يشبهها كثيرًا، لذلك يسهل تخمينها. اختر كلمة مرور أخرى.
password-banned-custom = لا تسمح مؤسستك بكلمة المرور هذه ولا بما يشبهها كثيرًا. اختر كلمة مرور أخرى.
password-too-guessable = معظم كلمة المرور كلمات يسهل تخمينها. أضف شيئًا لا يخطر إلا ببالك.
password-too-guessable-custom = معظم كلمة المرور كلمات لا تسمح بها مؤسستك. أضف شيئًا لا يخطر إلا ببالك.
password-directory-policy = لم يقبل دليل مؤسستك كلمة المرور هذه. ربما كانت قصيرة أو بسيطة أكثر من اللازم، أو سبق استخدامها، أو غيّرتها منذ وقت قريب جدًا.
password-directory-history = سبق أن استخدمت كلمة المرور هذه. اختر كلمة مرور جديدة.
password-directory-age = غيّرت كلمة المرور منذ وقت قريب جدًا. حاول مرة أخرى غدًا، أو تواصل مع المسؤول.
password-directory-length = كلمة المرور أقصر مما يطلبه دليل مؤسستك. اجعلها أطول.
password-directory-quality = كلمة المرور أبسط مما يطلبه دليل مؤسستك. امزج بين الكلمات والحروف الكبيرة والأرقام والرموز.
password-directory-unreachable = لا يستجيب دليل مؤسستك. لم تتغيّر كلمة المرور. حاول مرة أخرى بعد بضع دقائق.
password-directory-misconfigured = لا يسمح لنا دليل مؤسستك بتغيير كلمة المرور. لم تتغيّر كلمة المرور. تواصل مع المسؤول.
password-outcome-unknown = لا نعرف إن كانت كلمة المرور قد تغيّرت. اختر كلمة مرور مرة أخرى. لا ضرر في ذلك إن كانت قد تغيّرت.

## Unlock

unlock-title = افتح قفل حسابك
unlock-hint = تحققنا من أنك صاحب الحساب. تبقى كلمة المرور كما هي.
unlock-do = فتح قفل حسابي
unlock-working = يجري فتح قفل حسابك…
unlock-directory-unreachable = لا يستجيب دليل مؤسستك. ما زال حسابك مقفلًا. حاول مرة أخرى بعد بضع دقائق.
unlock-directory-misconfigured = لا يسمح لنا دليل مؤسستك بفتح قفل حسابك. تواصل مع المسؤول.
unlock-outcome-unknown = لا نعرف إن كان قفل حسابك قد فُتح. حاول مرة أخرى. لا ضرر في ذلك إن كان قد فُتح.

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
done-unlock-now = يمكنك الآن تسجيل الدخول بكلمة المرور.
done-unlock-soon = { $minutes ->
    [zero] يمكنك تسجيل الدخول بكلمة المرور خلال { $minutes } دقيقة.
    [one] يمكنك تسجيل الدخول بكلمة المرور خلال دقيقة واحدة.
    [two] يمكنك تسجيل الدخول بكلمة المرور خلال دقيقتين.
    [few] يمكنك تسجيل الدخول بكلمة المرور خلال { $minutes } دقائق.
    [many] يمكنك تسجيل الدخول بكلمة المرور خلال { $minutes } دقيقة.
   *[other] يمكنك تسجيل الدخول بكلمة المرور خلال { $minutes } دقيقة.
}
done-notified = أرسلنا رسالة إلى { $places }، في حال لم تكن أنت من فعل ذلك.
done-devices = ما زالت كلمة المرور القديمة محفوظة في الهواتف والأجهزة الأخرى التي تسجّل الدخول تلقائيًا. غيّرها فيها أيضًا.
done-sign-in = تسجيل الدخول
done-close = يمكنك إغلاق هذه الصفحة.

## Refusals

refusal-what-you-can-do = ما يمكنك فعله
refusal-who-can-help = من يمكنه المساعدة
refusal-when = متى تعمل الخدمة
refusal-details = بيانات لمكتب المساعدة
refusal-details-line = { $code }. { $detail }
refusal-help-request = أرسل رسالة إلى المسؤول من هذه الصفحة. يُرسل معها رمز الدعم الخاص بك.
refusal-help-link = تجد في صفحة المساعدة في مؤسستك كيف تتواصل مع مكتب المساعدة.
refusal-help-ask = اتصل بمكتب المساعدة أو زُره، واقرأ رمز الدعم الموجود أدناه للموظف.
refusal-tenant-disabled-title = أوقفت مؤسستك هذه الخدمة
refusal-tenant-disabled-do = اطلب من المسؤول كلمة مرور جديدة.
refusal-tenant-disabled-detail = أُوقفت إعادة تعيين كلمة المرور في هذه المؤسسة.
refusal-no-policy-title = لم تُعدّ مؤسستك هذه الخدمة بعد
refusal-no-policy-do = اطلب من المسؤول كلمة مرور جديدة.
refusal-no-policy-detail = لا توجد سياسة لإعادة تعيين كلمة المرور في هذه المؤسسة.
refusal-not-licensed-title = ليس لحسابك ترخيص لهذه الخدمة
refusal-not-licensed-do = اطلب من المسؤول كلمة مرور جديدة، واطلب منه الترخيص أيضًا.
refusal-not-licensed-detail = الترخيص اللازم لإعادة تعيين كلمة المرور غير مخصّص لهذا الحساب.
refusal-not-in-group-title = لا يمكن لحسابك استخدام هذه الخدمة
refusal-not-in-group-do = اطلب من المسؤول كلمة مرور جديدة، أو إضافتك إلى المجموعة التي يمكنها استخدام هذه الخدمة.
refusal-not-in-group-detail = ليس الحساب في أي مجموعة يمكنها استخدام إعادة تعيين كلمة المرور.
refusal-account-not-enabled-title = حسابك غير مفعّل لهذه الخدمة
refusal-account-not-enabled-do = اطلب من المسؤول تفعيل حسابك.
refusal-account-not-enabled-detail = الحساب معطّل، أو مستثنى من إعادة تعيين كلمة المرور.
refusal-could-not-verify-title = لا يمكننا التحقق من أنك صاحب الحساب
refusal-could-not-verify-do = اطلب من المسؤول كلمة مرور جديدة. وعندما يمكنك تسجيل الدخول من جديد، أضف رقم هاتف أو عنوان بريد إلكتروني آخر، لكي تتمكن من فعل ذلك بنفسك في المرة القادمة.
refusal-could-not-verify-detail = إعادة تعيين كلمة المرور مفعّلة لهذا الحساب، لكن ليست له أي طريقة تحقق مسجّلة.
refusal-not-properly-configured-title = ليست لدينا معلومات كافية للتحقق من أنك صاحب الحساب
refusal-not-properly-configured-do = اطلب من المسؤول كلمة مرور جديدة. وعندما يمكنك تسجيل الدخول من جديد، أضف رقم هاتف أو عنوان بريد إلكتروني إضافيًا، لكي تتمكن من فعل ذلك بنفسك في المرة القادمة.
refusal-not-properly-configured-detail = طرق التحقق المسجّلة أقل مما تطلبه السياسة.
refusal-managed-elsewhere-title = كلمة المرور تُدار في نظام آخر
refusal-managed-elsewhere-do = غيّرها في النظام الذي حصلت عليها منه. يمكن للمسؤول أن يخبرك أي نظام هو.
refusal-managed-elsewhere-detail = لا تدير هذه الخدمة كلمة مرور هذا الحساب.
refusal-write-back-not-enabled-title = لا يمكن تغيير كلمة المرور إلا داخل مؤسستك
refusal-write-back-not-enabled-do = اطلب من المسؤول كلمة مرور جديدة.
refusal-write-back-not-enabled-detail = تُدار كلمة المرور محليًا، والكتابة إلى الدليل المحلي غير مفعّلة.
refusal-on-premises-admin-action-title = هناك خطأ في إعدادات مؤسستك
refusal-on-premises-admin-action-do = اطلب من المسؤول كلمة مرور جديدة، واقرأ له الرمز الموجود في البيانات.
refusal-on-premises-admin-action-detail = لا تعمل الكتابة إلى الدليل المحلي بسبب خطأ في الإعدادات المحلية.
refusal-on-premises-connectivity-title = لا يستجيب دليل مؤسستك
refusal-on-premises-connectivity-do = حاول مرة أخرى بعد بضع دقائق.
refusal-on-premises-connectivity-detail = لا تعمل الكتابة إلى الدليل المحلي لتعذّر الوصول إلى البيئة المحلية.
refusal-on-premises-connectivity-when = عندما يعود الاتصال، وكثيرًا ما يكون ذلك خلال دقائق.

## Locked, ended, lost, broken

locked-title = محاولات كثيرة جدًا: أُوقفت المحاولة 24 ساعة
locked-until = يمكنك المحاولة مرة أخرى اعتبارًا من { $time }.
locked-why = يمنع هذا غيرك من تكرار التخمين مرة بعد مرة.
locked-do = انتظر حتى ذلك الوقت، أو اطلب من المسؤول كلمة مرور جديدة الآن.
ended-title = استغرق هذا أكثر من 15 دقيقة، لذلك انتهت المحاولة
ended-body = نفعل ذلك لحماية حسابك. لم يتغيّر شيء.
ended-cancelled-title = ألغيت هذه المحاولة
ended-cancelled-body = لم يتغيّر شيء.
ended-superseded-title = تم هذا من قبل
ended-superseded-body = استعدت الوصول إلى حسابك في محاولة أخرى بينما كانت هذه مفتوحة، ولذلك أُنهيت. إن لم تكن أنت من فعل ذلك، فتواصل مع المسؤول الآن.
leave-title = هل تريد المغادرة والبدء من جديد؟
leave-body = إذا بقيت هنا، فلن تفقد الخطوات التي أكملتها.
leave-stay = البقاء هنا
leave-go = المغادرة والبدء من جديد
idle-warning = { $minutes ->
    [zero] تنتهي المحاولة خلال { $minutes } دقيقة.
    [one] تنتهي المحاولة خلال دقيقة واحدة.
    [two] تنتهي المحاولة خلال دقيقتين.
    [few] تنتهي المحاولة خلال { $minutes } دقائق.
    [many] تنتهي المحاولة خلال { $minutes } دقيقة.
   *[other] تنتهي المحاولة خلال { $minutes } دقيقة.
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
lost-body = ما كتبته ما زال هنا، ولا نرسل شيئًا مرتين. تأكد من أنك متصل بالإنترنت، ثم حاول مرة أخرى.
lost-retry = المحاولة مرة أخرى
lost-many = هناك طلبات كثيرة جدًا. يمكنك المحاولة مرة أخرى عند الساعة { $time }.
lost-service = حدث خطأ في الخدمة. لم يضِع شيء. حاول مرة أخرى.
broken-title = حدث خطأ في هذه الصفحة
broken-body = لم يضِع شيء مما كتبته. أعد تحميل الصفحة لتعود إلى حيث كنت.
broken-reload = إعادة تحميل الصفحة
broken-help = إذا تكرر ذلك، فتواصل مع المسؤول أو مكتب المساعدة.
no-script-title = تحتاج هذه الصفحة إلى متصفح أحدث، أو إلى تشغيل JavaScript
no-script-body = شغّل JavaScript وWebAssembly لهذه الصفحة، أو افتحها في متصفح آخر. وإذا تعذّر الأمران، فاتصل بمكتب المساعدة أو بالمسؤول. يمكنهما إعطاؤك كلمة مرور جديدة.

## Mails, texts and calls

mail-code-subject = { $code } هو رمزك لدى { $tenant }
mail-code-body = طُلب رمز لاستعادة الوصول إلى الحساب { $identifier }. إن كنت أنت من طلبه، فأدخل { $code } في الصفحة التي طلبته فيها. { $minutes ->
    [zero] يعمل الرمز لمدة { $minutes } دقيقة.
    [one] يعمل الرمز لمدة دقيقة واحدة.
    [two] يعمل الرمز لمدة دقيقتين.
    [few] يعمل الرمز لمدة { $minutes } دقائق.
    [many] يعمل الرمز لمدة { $minutes } دقيقة.
   *[other] يعمل الرمز لمدة { $minutes } دقيقة.
} وإن لم تكن أنت، فلا تفعل شيئًا: لا يتغيّر شيء بدون الرمز. لن يطلب منك أحد من { $tenant } هذا الرمز أبدًا.
mail-reset-subject = تغيّرت كلمة المرور
mail-reset-body = تغيّرت كلمة مرور { $identifier } بتاريخ { $time }. إن كنت أنت من غيّرها، فليس عليك فعل شيء. وإن لم تكن أنت، فتواصل مع المسؤول الآن وأعطه رمز الدعم { $code }.
mail-unlocked-subject = فُتح قفل حسابك
mail-unlocked-body = فُتح قفل الحساب { $identifier } بتاريخ { $time }. إن كنت أنت من فتحه، فليس عليك فعل شيء. وإن لم تكن أنت، فتواصل مع المسؤول الآن وأعطه رمز الدعم { $code }.
mail-locked-subject = محاولات كثيرة جدًا على حسابك
mail-locked-body = جرت محاولات كثيرة جدًا لاستعادة الوصول إلى الحساب { $identifier }، وكانت آخرها بتاريخ { $time }. لم تتغيّر كلمة المرور. ولا يمكن لأحد المحاولة مرة أخرى قبل { $until }. إن كنت أنت من حاول، فانتظر حتى ذلك الوقت، أو اطلب من المسؤول كلمة مرور جديدة. وإن لم تكن أنت، فتواصل مع المسؤول الآن وأعطه رمز الدعم { $code }.
mail-admin-reset-subject = تغيّرت كلمة مرور أحد المسؤولين
mail-admin-reset-body = تغيّرت كلمة مرور المسؤول { $identifier } بتاريخ { $time } عبر الخدمة الذاتية. إن لم تعرف من فعل ذلك، فتحقّق من الأمر الآن. رمز الدعم { $code }.
mail-help-subject = لا يستطيع { $identifier } تسجيل الدخول
mail-help-body = حاول { $identifier } استعادة الوصول إلى حسابه بتاريخ { $time } ويطلب مساعدتك. تأكد أولًا من أنه صاحب الحساب حقًا. رمز الدعم { $code }.
server-mail-contact = إن احتجت إلى مساعدة، فتواصل مع مكتب المساعدة: { $address }
server-moment = { $day } { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[other] ديسمبر
} { $year } عند الساعة { $time } ({ $zone })
text-code-body = { $code } هو رمزك لدى { $tenant }. { $minutes ->
    [zero] يعمل لمدة { $minutes } دقيقة.
    [one] يعمل لمدة دقيقة واحدة.
    [two] يعمل لمدة دقيقتين.
    [few] يعمل لمدة { $minutes } دقائق.
    [many] يعمل لمدة { $minutes } دقيقة.
   *[other] يعمل لمدة { $minutes } دقيقة.
} لا تشاركه مع أحد.
voice-code-body = هذه مكالمة من { $tenant }. إن كنت تستعيد الوصول إلى حسابك، فاضغط #. وإلا فأنهِ المكالمة.
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
