// Where the page begins.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './tokens.css'
import './base.css'
import { App } from './App'
import { Words } from './words'

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <Words>
      <App />
    </Words>
  </StrictMode>,
)
