/** What runs inside the CDN. */
@NullMarked
package dev.roadstead.infra.edge;

import org.jspecify.annotations.NullMarked;
