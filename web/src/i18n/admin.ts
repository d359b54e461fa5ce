import { areaTexts } from './texts.ts';

export const adminTexts = areaTexts({
  en: {
    title: 'Users and audit',
    name: 'Name',
    password: 'Password',
    signIn: 'Sign in',
    refused: 'Name and password do not fit.',
    tooMany: 'Too many attempts. Sign-in is open again in some minutes.',
  },
  ja: {
    title: 'ユーザーと監査',
    name: '名前',
    password: 'パスワード',
    signIn: 'サインイン',
    refused: '名前とパスワードが一致しません。',
    tooMany: '試行回数が上限に達しました。数分後に再度サインインできます。',
  },
});
