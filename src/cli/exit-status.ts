/** Exit statuses of every command. */
export const exitStatus = { done: 0, failed: 1, wrongUsage: 2 } as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
