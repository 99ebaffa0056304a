/** Both stores on AWS, or on servers that speak its protocols; the only place with its SDK. */
@NullMarked
package dev.roadstead.aws;

import org.jspecify.annotations.NullMarked;
