/** Requests that no client would send, by the thousand, and a look at what they leave behind. */
@NullMarked
package dev.roadstead.localstack.fuzz;

import org.jspecify.annotations.NullMarked;
