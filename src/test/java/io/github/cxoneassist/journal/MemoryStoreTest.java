package io.github.cxoneassist.journal;

import java.util.List;

class MemoryStoreTest extends JournalStoreContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    protected JournalStore store() {
        return store;
    }

    @Override
    protected JournalReader reader() {
        return store;
    }

    @Override
    protected List<SuggestionText> texts(String node) {
        return store.texts().stream().filter(text -> text.node().equals(node)).toList();
    }
}
