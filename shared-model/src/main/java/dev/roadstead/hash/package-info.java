/** SHA-2 whose state can be saved between requests and resumed by another process. */
@NullMarked
package dev.roadstead.hash;

import org.jspecify.annotations.NullMarked;
