namespace Carillon.Node.Tests.Hocon.Options;

/// <summary>A type for each kind of option, in the shape of the real ones.</summary>
public sealed class SampleOptions
{
    public SampleNodeOptions Node { get; set; } = new();

    public SampleStoreOptions Store { get; set; } = new();

    public IDictionary<string, SampleQueueOptions> Queues { get; } =
        new Dictionary<string, SampleQueueOptions>(StringComparer.Ordinal);

    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<SampleJobOptions>? Jobs { get; set; }

    public double[]? Buckets { get; set; }

    public IDictionary<string, List<DateOnly>>? Holidays { get; set; }
}
