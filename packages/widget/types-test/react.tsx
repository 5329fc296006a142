import 'afterword-widget/react';

export const good = <afterword-comments page="talks" data-title="On talks" theme="auto" heading-level={2} className="below" />;
// @ts-expect-error: there is no such theme
export const bad = <afterword-comments page="talks" theme="pink" />;
