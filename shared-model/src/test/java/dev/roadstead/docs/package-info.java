/** The pages in docs/ that are made from the code, and the links between all pages. */
@NullMarked
package dev.roadstead.docs;

import org.jspecify.annotations.NullMarked;
