"""The few things that all tables share: records, actors, scope, outbox, audit."""
