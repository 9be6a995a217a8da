/**
 * From a model of Keras to the words of an experiment file: {@code LayerWords} knows each layer's, {@code Options} sees to it that nothing a layer says is passed over, {@code KerasImport} makes
 * the network and its parameters. Depends on {@code experiment}, and on the driver's {@code keras}.
 */
package dev.starling.jobs.keras;
