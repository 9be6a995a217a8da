/**
 * What faces people: {@code command} (arguments, exit status, the wiring of a job), {@code experiment} (the experiment file), {@code progress} (standard error while a job
 * runs), {@code report} (the page of a run). The only module that reads arguments, environment and experiment files.
 */
package dev.starling.jobs;
