package dev.starling.driver.selection.search.sampler;

import dev.starling.driver.selection.search.space.Group;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Setting;
import dev.starling.driver.selection.search.space.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The first trials are the user's own, what they leave open by chance; then comes another sampler, from its own beginning. */
public final class StartingPoints implements Sampler {
    private final List<Map<String, Setting>> points;
    private final Sampler rest;
    private final Space space;
    private final long seed;

    /** @param points some settings by path each */
    public StartingPoints(List<Map<String, Setting>> points, Sampler rest, Space space, long seed) {
        this.points = points.stream().map(Map::copyOf).toList();
        this.rest = rest;
        this.space = space;
        this.seed = seed;
    }

    @Override
    public Point sample(int trial, Knowledge knowledge) {
        if (trial >= points.size()) {
            return rest.sample(trial - points.size(), knowledge);
        }
        // From the end of the numbers, so that no later trial draws the same.
        Space.Source chance = new UniformSource(seed, Integer.MAX_VALUE - trial);
        return space.draw(group -> given(group, points.get(trial), chance));
    }

    private static List<Setting> given(Group group, Map<String, Setting> point, Space.Source chance) {
        List<Setting> settings = new ArrayList<>(chance.choose(group));
        for (int i = 0; i < settings.size(); i++) {
            Parameter parameter = group.parameters().get(i);
            settings.set(i, point.getOrDefault(parameter.path(), settings.get(i)));
        }
        return settings;
    }
}
