export function startMailCatcher(options: { folder: string; port: number }): Promise<{ url: string; stop(): Promise<void> } | undefined>;
