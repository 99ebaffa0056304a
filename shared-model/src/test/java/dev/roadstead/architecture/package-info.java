/** The rules that keep folders meaning what their names say, checked on the compiled classes. */
@NullMarked
package dev.roadstead.architecture;

import org.jspecify.annotations.NullMarked;
