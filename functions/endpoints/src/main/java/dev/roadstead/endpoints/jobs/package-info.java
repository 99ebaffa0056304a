/** What nobody asks for: work that an event or a schedule begins. */
@NullMarked
package dev.roadstead.endpoints.jobs;

import org.jspecify.annotations.NullMarked;
