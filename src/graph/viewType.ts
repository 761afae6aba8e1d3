export const VIEW_TYPE = 'phasewise.graph';
