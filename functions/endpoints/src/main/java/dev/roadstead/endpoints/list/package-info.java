/** What is listed: repositories, tags, referrers. */
@NullMarked
package dev.roadstead.endpoints.list;

import org.jspecify.annotations.NullMarked;
