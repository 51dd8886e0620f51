using Carillon.Model.Configuration;

namespace Carillon.Node.Tests.Hocon.Options;

public sealed class SampleStoreOptions
{
    public string? ConnectionString { get; set; }

    public TimeSpan SlowQuery { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan? Lease { get; set; }

    [ByteSize]
    public long OutputLimit { get; set; }

    [ByteSize]
    public int? PageSize { get; set; }

    public short Connections { get; set; }

    public double Ratio { get; set; }
}
