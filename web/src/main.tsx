import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/frame.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { onSignInWanted } from './api/client.ts';
import { queryClient } from './api/query-client.ts';
import { sessionEnded } from './api/session.ts';
import { GlyphSprite } from './frame/glyph.tsx';
import { styleNonce } from './frame/nonce.ts';
import { applyPreferences } from './frame/preferences.ts';
import { startLanguage } from './i18n/language.ts';
import { router } from './router.tsx';
import { tellCopied } from './text/clipboard.ts';
import { copyRecorded } from './text/copy-recorded.ts';

applyPreferences();
onSignInWanted(sessionEnded);
copyRecorded((hidden) => hidden > 0 && tellCopied(hidden));
await startLanguage();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root');
createRoot(root).render(
  <StrictMode>
    <CSPProvider nonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        <GlyphSprite />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
);
