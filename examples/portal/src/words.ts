// The portal's own words. The pages also contain the English words, for people who see a page
// before this script has run.

import type { Language } from "./settings.ts";

const en = {
  "skip": "Skip to the content",
  "pages": "Pages",
  "plain": "Password",
  "frame": "Frame",
  "sign-in": "Sign in",
  "language": "Language",
  "theme": "Colours",
  "auto": "As the device",
  "light": "Light",
  "dark": "Dark",
  "fiction": "Contoso is a fictional company.",
  "helpdesk": "Helpdesk",
  "title": "Your Contoso password",
  "intro": "Set a new password, or unlock your account, in about two minutes. Contoso staff will never ask you for a code.",
  "at-hand": "Have at hand",
  "at-hand-name": "your work email address",
  "at-hand-phone": "your phone, or a mailbox outside Contoso",
  "coming": "Password reset is on its way. If it does not come, the helpdesk can let you in.",
  "framed": "What you type stays with Postern: this page cannot read it.",
  "heard": "What this page hears",
  "missing": "Password reset cannot be shown here now. The helpdesk can let you in.",
  "stop": "Stop",
  "sign-in-here": "Here stands whatever people sign in with at your organisation.",
  "forgot": "Forgot your password?",
  "back": "You are back. If you set a new password, sign in with it.",
};

export type Word = keyof typeof en;

const nl: Record<Word, string> = {
  "skip": "Naar de inhoud",
  "pages": "Pagina’s",
  "plain": "Wachtwoord",
  "frame": "Frame",
  "sign-in": "Aanmelden",
  "language": "Taal",
  "theme": "Kleuren",
  "auto": "Als het apparaat",
  "light": "Licht",
  "dark": "Donker",
  "fiction": "Contoso is een verzonnen bedrijf.",
  "helpdesk": "Helpdesk",
  "title": "Uw wachtwoord bij Contoso",
  "intro": "Stel in ongeveer twee minuten een nieuw wachtwoord in, of ontgrendel uw account. Niemand van Contoso vraagt u ooit om een code.",
  "at-hand": "Houd bij de hand",
  "at-hand-name": "uw e-mailadres van het werk",
  "at-hand-phone": "uw telefoon, of een mailbox buiten Contoso",
  "coming": "Het wachtwoordherstel komt eraan. Komt het niet, dan kan de helpdesk u binnenlaten.",
  "framed": "Wat u typt blijft bij Postern: deze pagina kan het niet lezen.",
  "heard": "Wat deze pagina hoort",
  "missing": "Het wachtwoordherstel kan hier nu niet worden getoond. De helpdesk kan u binnenlaten.",
  "stop": "Stoppen",
  "sign-in-here": "Hier staat waarmee mensen zich bij uw organisatie aanmelden.",
  "forgot": "Wachtwoord vergeten?",
  "back": "U bent terug. Hebt u een nieuw wachtwoord ingesteld, meld u dan daarmee aan.",
};

const ar: Record<Word, string> = {
  "skip": "انتقل إلى المحتوى",
  "pages": "الصفحات",
  "plain": "كلمة المرور",
  "frame": "إطار",
  "sign-in": "تسجيل الدخول",
  "language": "اللغة",
  "theme": "الألوان",
  "auto": "مثل الجهاز",
  "light": "فاتح",
  "dark": "داكن",
  "fiction": "Contoso شركة خيالية.",
  "helpdesk": "مكتب المساعدة",
  "title": "كلمة مرورك في Contoso",
  "intro": "عيّن كلمة مرور جديدة أو افتح قفل حسابك في دقيقتين تقريبًا. لن يطلب منك أحد في Contoso رمزًا أبدًا.",
  "at-hand": "جهّز ما يلي",
  "at-hand-name": "عنوان بريدك الإلكتروني في العمل",
  "at-hand-phone": "هاتفك، أو صندوق بريد خارج Contoso",
  "coming": "صفحة استعادة كلمة المرور في الطريق. إذا لم تظهر، فيمكن لمكتب المساعدة أن يدخلك.",
  "framed": "ما تكتبه يبقى لدى Postern: لا تستطيع هذه الصفحة قراءته.",
  "heard": "ما تسمعه هذه الصفحة",
  "missing": "لا يمكن عرض استعادة كلمة المرور هنا الآن. يمكن لمكتب المساعدة أن يدخلك.",
  "stop": "إيقاف",
  "sign-in-here": "هنا توجد طريقة تسجيل الدخول في مؤسستك.",
  "forgot": "هل نسيت كلمة المرور؟",
  "back": "لقد عدت. إذا عيّنت كلمة مرور جديدة، فسجّل الدخول بها.",
};

const words: Record<Language, Record<Word, string>> = { en, nl, ar };

export const say = (language: Language, word: Word) => words[language][word];
