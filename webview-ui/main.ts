import { GraphPage } from './graphPage';
import { keptState, onMessage, post } from './host';
import { readStrings } from './strings';
import { onFontChange } from './theme';

const page = new GraphPage(readStrings());
page.restore(keptState());
onMessage((message) => page.handle(message));
onFontChange(() => page.fontChanged());
post({ type: 'ready' });
page.warmUp();
