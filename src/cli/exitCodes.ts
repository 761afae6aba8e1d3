export const exitCodes = { fine: 0, problemsFound: 1, wrongCall: 2 } as const;
