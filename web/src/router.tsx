import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { readCasesLink } from './cases/cases-link.ts';
import { readCompareLink } from './compare/compare-link.ts';
import { readCoverageLink } from './coverage/coverage-link.ts';
import { readEgressLink } from './egress/egress-link.ts';
import { readExportLink } from './export/export-link.ts';
import { FailedPart } from './frame/error-boundary.tsx';
import { NotFoundPage } from './frame/not-found-page.tsx';
import { Page } from './frame/page.tsx';
import { withTexts } from './i18n/language.ts';
import { readSearchLink } from './search/search-link.ts';
import { readTreeLink } from './tree/tree-link.ts';

const rootRoute = createRootRoute({ component: Page, notFoundComponent: NotFoundPage });

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/search', replace: true });
  },
});

const searchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/search',
  validateSearch: readSearchLink,
  component: lazyRouteComponent(() => import('./search/search-page.tsx'), 'SearchPage'),
});

const treeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tree',
  validateSearch: readTreeLink,
  component: lazyRouteComponent(() => withTexts(import('./tree/tree-page.tsx')), 'TreePage'),
});

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/compare',
  validateSearch: readCompareLink,
  component: lazyRouteComponent(() => withTexts(import('./compare/compare-page.tsx')), 'ComparePage'),
});

const coverageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/coverage',
  validateSearch: readCoverageLink,
  component: lazyRouteComponent(() => withTexts(import('./coverage/coverage-page.tsx')), 'CoveragePage'),
});

const egressRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/egress',
  validateSearch: readEgressLink,
  component: lazyRouteComponent(() => withTexts(import('./egress/egress-page.tsx')), 'EgressPage'),
});

const exportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/export',
  validateSearch: readExportLink,
  component: lazyRouteComponent(() => withTexts(import('./export/export-page.tsx')), 'ExportPage'),
});

const casesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/cases',
  validateSearch: readCasesLink,
  component: lazyRouteComponent(() => withTexts(import('./cases/cases-page.tsx')), 'CasesPage'),
});

const adminRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin',
  component: lazyRouteComponent(() => withTexts(import('./admin/admin-page.tsx')), 'AdminPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    indexRoute,
    searchRoute,
    treeRoute,
    compareRoute,
    coverageRoute,
    egressRoute,
    exportRoute,
    casesRoute,
    adminRoute,
  ]),
  defaultPreload: false,
  defaultErrorComponent: ({ error, reset }) => (
    <FailedPart error={error instanceof Error ? error : new Error(String(error))} again={reset} />
  ),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
