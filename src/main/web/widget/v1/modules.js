/** Where the modules are, beside "embed/": the build packs them into a folder named by their hash. */
export const MODULES = typeof AFTERWORD_MODULES === 'string' ? AFTERWORD_MODULES : 'v1/';
