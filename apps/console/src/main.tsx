import './nonce.js';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { Root } from './root.js';

const element = document.getElementById('root');
if (element) createRoot(element).render(<Root />);
