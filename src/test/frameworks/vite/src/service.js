RECIPE(React, Vue, Svelte, js)
