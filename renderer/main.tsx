// The page's entry: styles, the host behind it, and the program's frame.
import './plain.ts';
import './ui/base.css';
import './ui/controls.css';
import './ui/panels.css';
import './ui/screen.css';
import './form/form.css';
import './form/inputs.css';
import './form/grid/grid.css';
import './form/paste/paste.css';
import './form/moving/moving.css';
import './form/panel/panel.css';
import './screens/screens.css';
import './screens/sheets.css';
import './screens/outgoing.css';
import './screens/deciding.css';
import './screens/help.css';
import './screens/receive.css';
import './screens/keys/keys.css';
import './screens/record.css';
import './ui/density.css';
import './ui/print.css';
import { createRoot } from 'react-dom/client';
import { connectHost } from './host/connect.ts';
import { App } from './screens/App.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App host={connectHost()} />);
