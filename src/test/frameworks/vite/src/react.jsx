import './service.js';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const Talk = ({ article }) => (
  <article>
    <h1>{article.title}</h1>
    RECIPE(React, jsx)
  </article>
);

createRoot(document.querySelector('main')).render(
  <StrictMode>
    <Talk article={{ slug: 'react-talks', title: 'On talks' }} />
  </StrictMode>,
);
