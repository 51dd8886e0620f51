// The servers under test share the machine's few cores, and one test starves the thread pool on purpose.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
