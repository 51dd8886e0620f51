namespace Carillon.Benchmarks.Workers;

/// <summary>What a worker process runs.</summary>
internal enum WorkloadKind
{
    /// <summary>A whole Carillon node.</summary>
    Carillon,

    /// <summary>A clustered Quartz.NET scheduler on the ADO job store, tuned.</summary>
    Quartz,

    /// <summary>The product's append to PostgreSQL and nothing above it.</summary>
    PostgresAppend,

    /// <summary>Bare insert and update into the product's PostgreSQL tables.</summary>
    PostgresFloor,

    /// <summary>Bare insert and update into the product's SQLite tables.</summary>
    SqliteFloor,
}
