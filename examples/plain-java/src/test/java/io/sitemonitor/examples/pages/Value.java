package io.sitemonitor.examples.pages;

import java.util.List;

/** A class whose objects are what options take, as its source describes it. */
record Value(String name, String home, Prose prose, List<Factory> ways) {

    /** All about it. */
    String section() {
        return "### " + name + "\n\n" + prose.paragraphs().get(0) + "\n\n" + Page.use(home, name, prose)
                + Factory.table("method", ways);
    }
}
