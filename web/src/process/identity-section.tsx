import { Check, EqualNot } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityField, ProcessPanel, SensorColumn } from '../../../src/server/contracts/process.ts';
import { durationText } from '../text/duration.ts';
import { RecordedText } from '../text/recorded-text.tsx';
import { clockOf, dateClockOf, readMoment, useZone } from '../text/time.ts';

interface Props {
  readonly panel: ProcessPanel;
  readonly onRaw: (eventId: string) => void;
}

const words = {
  start: 'fieldStart',
  end: 'fieldEnd',
  pid: 'fieldPid',
  guid: 'fieldGuid',
  user: 'fieldUser',
  logonId: 'fieldLogonId',
  integrityLevel: 'fieldIntegrity',
  image: 'fieldImage',
  commandLine: 'fieldCommandLine',
  sha256: 'fieldSha256',
  parentPid: 'fieldParentPid',
  parentGuid: 'fieldParentGuid',
  parentImage: 'fieldParentImage',
  parentCommandLine: 'fieldParentCommandLine',
} as const satisfies Record<IdentityField['field'], string>;

/** Shown in the section on the parent link, unless sensors disagree. */
const ofParent: ReadonlySet<IdentityField['field']> = new Set([
  'parentPid',
  'parentGuid',
  'parentImage',
  'parentCommandLine',
]);
const mono: ReadonlySet<IdentityField['field']> = new Set([
  'guid',
  'logonId',
  'image',
  'commandLine',
  'sha256',
  'parentGuid',
  'parentImage',
  'parentCommandLine',
]);
/** Sensors have a column each, as far as there is room. */
const mostSensors = 3;

/** What identifies the process, with a column for each sensor: says so, differs, is silent. */
export function IdentitySection({ panel, onRaw }: Props) {
  const { t } = useTranslation('process');
  const { sensors, fields, disagreements, sensorsLeftOut } = panel.identity;
  const columns = shownSensors(sensors);
  const rows = fields.filter(
    (field) =>
      field.disagrees ||
      field.field === 'end' ||
      (field.value !== null &&
        !ofParent.has(field.field) &&
        field.field !== 'commandLine' &&
        field.field !== 'pid'),
  );
  return (
    <section aria-labelledby="panel-identity">
      <h3 id="panel-identity">
        {t('identity')}
        {disagreements > 0 ? (
          <span className="sub doubt">
            <EqualNot className="i" size={13} aria-hidden />
            {t('disagreements', { count: disagreements })}
          </span>
        ) : (
          sensors.length > mostSensors && (
            <span className="sub">{t('sensors', { count: sensors.length + sensorsLeftOut })}</span>
          )
        )}
      </h3>
      <table className="idt">
        <thead>
          <tr>
            <th aria-label={t('field')} />
            <th aria-label={t('value')} />
            {columns.map(({ sensor }) => (
              <th key={sensor.eventId} className="say" scope="col">
                <button
                  type="button"
                  className="sensor"
                  title={t('showEvent')}
                  onClick={() => onRaw(sensor.eventId)}
                >
                  {shortLabel(sensor.label)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((field) => (
            <FieldRows key={field.field} field={field} panel={panel} columns={columns} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface SensorPlace {
  readonly sensor: SensorColumn;
  /** Its place in `says`. */
  readonly at: number;
}

/** Starts first, then the exit; children that name it come last and only where there is room. */
function shownSensors(sensors: readonly SensorColumn[]): readonly SensorPlace[] {
  const order = { start: 0, end: 1, other: 2, child: 3 };
  const seen = new Set<string>();
  return sensors
    .map((sensor, at) => ({ sensor, at }))
    .sort((left, right) => order[left.sensor.role] - order[right.sensor.role])
    .filter(({ sensor }) => !seen.has(sensor.label) && seen.add(sensor.label))
    .slice(0, mostSensors);
}

function shortLabel(label: string): string {
  return label.replace('Windows Security', 'Sec').replace('Security', 'Sec');
}

interface FieldProps {
  readonly field: IdentityField;
  readonly panel: ProcessPanel;
  readonly columns: readonly SensorPlace[];
}

function FieldRows({ field, panel, columns }: FieldProps) {
  const { t } = useTranslation('process');
  const zone = useZone();
  const others = columns.filter(({ at }) => field.says[at]?.kind === 'differs');
  const classes = field.disagrees && others.length > 0 ? 'dis' : undefined;
  if (field.field === 'end' && field.value === null)
    return (
      <tr>
        <th scope="row">{t('fieldEnd')}</th>
        <td className="dim" colSpan={1 + columns.length}>
          {panel.basis === 'claimed' ? t('endUnknownClaimed') : t('endUnknown')}
        </td>
      </tr>
    );
  return (
    <Fragment>
      <tr className={classes}>
        <th scope="row">{t(words[field.field])}</th>
        <td className={mono.has(field.field) ? 'm trunc' : 'trunc'} title={field.value ?? undefined}>
          <FieldValue field={field} zone={zone} panel={panel} />
        </td>
        {columns.map(({ sensor, at }) => (
          <td key={sensor.eventId} className="say">
            <Says kind={field.says[at]?.kind ?? 'silent'} />
          </td>
        ))}
      </tr>
      {others.map(({ sensor, at }) => (
        <tr key={sensor.eventId} className="dsub">
          <th aria-label={t('differs')} />
          <td colSpan={1 + columns.length}>
            <OtherValue field={field} at={at} zone={zone} /> {shortProduct(sensor)}
            {apart(field, at) !== undefined && (
              <>, {t('apart', { time: durationText(Math.abs(apart(field, at) ?? 0) / 1000) })}</>
            )}
          </td>
        </tr>
      ))}
    </Fragment>
  );
}

function apart(field: IdentityField, at: number): number | undefined {
  return field.says[at]?.apartMs ?? undefined;
}

function OtherValue({ field, at, zone }: { field: IdentityField; at: number; zone: string }) {
  const value = field.says[at]?.value ?? '';
  const moment = field.field === 'start' || field.field === 'end' ? readMoment(value) : undefined;
  if (moment !== undefined) return <span className="num">{clockOf(moment, zone, 'milliseconds')}</span>;
  return (
    <span className="wrapany">
      <RecordedText text={value} />
    </span>
  );
}

function FieldValue({ field, zone, panel }: { field: IdentityField; zone: string; panel: ProcessPanel }) {
  const { t } = useTranslation('process');
  if (field.field === 'start' || field.field === 'end') {
    const moment = readMoment(field.value);
    if (moment === undefined) return <RecordedText text={field.value ?? ''} />;
    return (
      <span className="num" title={`${dateClockOf(moment, zone, 'milliseconds')} ${zone}`}>
        {field.field === 'start' && panel.startFrom === 'seen-since' && `${t('seenSince')} `}
        {clockOf(moment, zone, 'milliseconds')}
      </span>
    );
  }
  return <RecordedText text={field.value ?? ''} />;
}

function Says({ kind }: { readonly kind: 'says' | 'differs' | 'silent' }) {
  const { t } = useTranslation('process');
  if (kind === 'silent')
    return (
      <span className="nil" title={t('silent')}>
        –
      </span>
    );
  const Icon = kind === 'says' ? Check : EqualNot;
  return (
    <span className={kind === 'says' ? 'ok' : 'ne'} title={t(kind)}>
      <Icon className="i" size={12} aria-label={t(kind)} />
    </span>
  );
}

function shortProduct(sensor: SensorColumn): string {
  return sensor.product === 'sysmon'
    ? 'Sysmon'
    : sensor.product === 'windows-security'
      ? 'Security'
      : sensor.product;
}
