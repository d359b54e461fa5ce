import {
  AtSign,
  Diamond,
  FilePen,
  KeySquare,
  type LucideIcon,
  Network,
  Play,
  Puzzle,
  Syringe,
  UserRound,
  Waypoints,
  X,
} from 'lucide-react';

const icons: Readonly<Record<string, LucideIcon>> = {
  'process-start': Play,
  'process-end': X,
  'file-create': FilePen,
  'file-delete': FilePen,
  'file-stream': FilePen,
  'file-time-change': FilePen,
  registry: KeySquare,
  network: Network,
  dns: AtSign,
  'module-load': Puzzle,
  'remote-thread': Syringe,
  logon: UserRound,
  account: UserRound,
  web: Waypoints,
};

export function ClassIcon({ name }: { readonly name: string }) {
  const Icon = icons[name] ?? Diamond;
  return <Icon className="i" size={13} aria-hidden />;
}
