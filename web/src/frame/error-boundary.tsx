import { RotateCcw } from 'lucide-react';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly children: ReactNode;
  /** What, when it changes, makes another try worth while: the address of the page. */
  readonly resetOn?: string;
}

interface State {
  readonly failed: Error | undefined;
}

/** Keeps the rest of the page when one part of it fails, and says what failed. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { failed: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failed && before.resetOn !== this.props.resetOn) this.setState({ failed: undefined });
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (!failed) return this.props.children;
    return <FailedPart error={failed} again={() => this.setState({ failed: undefined })} />;
  }
}

export function FailedPart({ error, again }: { readonly error: Error; readonly again: () => void }) {
  const { t } = useTranslation('frame');
  return (
    <div className="blank centred" role="alert">
      <b>{t('failedPage')}</b>
      <p>{t('failedPageHint', { message: error.message })}</p>
      <span>
        <button type="button" className="btn sm" onClick={again}>
          <RotateCcw size={13} aria-hidden />
          {t('tryAgain')}
        </button>
      </span>
    </div>
  );
}
