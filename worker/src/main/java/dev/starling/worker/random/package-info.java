/** Random numbers that are functions of a seed and a place. Depends on nothing. */
package dev.starling.worker.random;
