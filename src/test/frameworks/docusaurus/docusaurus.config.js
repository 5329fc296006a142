module.exports = {
  title: 'Talks',
  url: 'https://blog.example',
  baseUrl: '/docusaurus/',
  presets: [['classic', { docs: false, pages: false, blog: { routeBasePath: '/' }, theme: {} }]],
  RECIPE(Docusaurus, js)
};
