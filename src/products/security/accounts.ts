import { type Fields, firstText } from '../fields.ts';
import { accountName } from '../values/account-name.ts';
import { isNullText } from '../values/null-value.ts';

/** The four fields of an account in an event, by the prefix of their names. */
interface Account {
  readonly name: string | undefined;
  readonly domain: string | undefined;
  readonly sid: string | undefined;
  readonly logonId: string | undefined;
}

function real(text: string | undefined): string | undefined {
  return text === undefined || isNullText(text) ? undefined : text;
}

/**
 * Adds `user` and its like: the target where it is a real one, else the subject; a target's name counts though its SID
 * is S-1-0-0. Where both are real and differ, the subject is `src_user`. `TargetUserName` with `TargetLogonId` 0x0 (as in
 * 4688 without another account) is `-` and not real.
 */
export function addAccounts(fields: Fields): void {
  const subject = readSubject(fields);
  const target = readTarget(fields);
  const targetName = real(target.name);
  const user = targetName === undefined ? subject : target;
  const name = real(user.name);
  if (name !== undefined) {
    fields.user = accountName(name);
    addReal(fields, 'user_domain', user.domain);
    addReal(fields, 'user_id', user.sid);
    if (user.logonId !== undefined && !/^0x0*$/.test(user.logonId))
      addReal(fields, 'session_id', user.logonId);
  }
  const subjectName = real(subject.name);
  if (targetName !== undefined && subjectName !== undefined) {
    fields.src_user = accountName(subjectName);
    addReal(fields, 'src_user_domain', subject.domain);
  }
  addAll(fields, 'Account_Name', subject.name, target.name);
  addAll(fields, 'Account_Domain', subject.domain, target.domain);
  addAll(fields, 'Security_ID', subject.sid, target.sid);
  addAll(fields, 'Logon_ID', subject.logonId, target.logonId);
}

function readSubject(fields: Fields): Account {
  return {
    name: firstText(fields.SubjectUserName),
    domain: firstText(fields.SubjectDomainName),
    sid: firstText(fields.SubjectUserSid),
    logonId: firstText(fields.SubjectLogonId),
  };
}

function readTarget(fields: Fields): Account {
  return {
    name: firstText(fields.TargetUserName),
    domain: firstText(fields.TargetDomainName),
    sid: firstText(fields.TargetUserSid) ?? firstText(fields.TargetSid),
    logonId: firstText(fields.TargetLogonId),
  };
}

function addReal(fields: Fields, name: string, text: string | undefined): void {
  if (text !== undefined && !isNullText(text)) fields[name] = text;
}

/** Splunk's text form has one field for both accounts: subject first, as recorded. */
function addAll(fields: Fields, name: string, subject: string | undefined, target: string | undefined): void {
  if (subject !== undefined && target !== undefined) fields[name] = [subject, target];
  else if (subject !== undefined || target !== undefined) fields[name] = subject ?? target ?? '';
}
