/** What a sweep's search finds, and how it keeps thousands of slots at work: on functions that are known, with the real planner and the real journal, and no training. */
package dev.starling.tests.search;
