import React from 'react';
import BlogPostItem from '@theme-original/BlogPostItem';
import { useBlogPost } from '@docusaurus/plugin-content-blog/client';

export default function BlogPostItemWithComments(props) {
  const { metadata, isBlogPostPage } = useBlogPost();
  return (
    <>
      <BlogPostItem {...props} />
      {isBlogPostPage && (
        RECIPE(Docusaurus, jsx)
      )}
    </>
  );
}
