/**
 * What a suggestion is and when it may be shown: parsing, validation, reading many from one stream; how its score follows
 * what agents accepted ({@link io.github.cxoneassist.suggestion.RelevanceRule}), and when two texts are the same.
 * Pure: Jackson's tree model at the edge, no Camel, no I/O of its own, time handed in. Imports nothing else of ours.
 */
package io.github.cxoneassist.suggestion;
