/** What Kubernetes and its container runtimes expect of a pause image, and where one is named. */
@NullMarked
package dev.roadstead.pause.kubernetes;

import org.jspecify.annotations.NullMarked;
