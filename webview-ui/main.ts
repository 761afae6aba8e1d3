import mermaid from 'mermaid';

mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', look: 'classic', layout: 'dagre' });
document.body.dataset.ready = 'true';
