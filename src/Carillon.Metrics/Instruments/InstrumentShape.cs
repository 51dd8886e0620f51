using System.Collections.Immutable;

namespace Carillon.Metrics;

/// <summary>How an instrument is shown.</summary>
/// <param name="Help">What it measures; one line.</param>
/// <param name="IsWhole">Whether its values are whole numbers; otherwise they are kept as whole millionths.</param>
/// <param name="Bounds">The inclusive upper bounds of a histogram's buckets, growing; empty for other kinds.</param>
public sealed record InstrumentShape(string Help, bool IsWhole, ImmutableArray<double> Bounds)
{
    /// <summary>How many bounds a histogram has at most.</summary>
    public const int MaxBounds = 100;

    internal static readonly InstrumentShape Count = new("", IsWhole: true, []);

    /// <summary>Whether parts of both can be put together.</summary>
    public bool Fits(InstrumentShape other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsWhole == other.IsWhole && Bounds.AsSpan().SequenceEqual(other.Bounds.AsSpan());
    }

    /// <summary>Writes the shape in the format that <see cref="Read"/> reads.</summary>
    internal void Write(StateWriter state)
    {
        state.Text(Help);
        state.Flag(IsWhole);
        state.Number(Bounds.Length);
        foreach (var bound in Bounds)
        {
            state.Real(bound);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static InstrumentShape Read(ref StateReader state)
    {
        var help = state.Text();
        var isWhole = state.Flag();
        var bounds = new double[state.Count(MaxBounds)];
        foreach (ref var bound in bounds.AsSpan())
        {
            bound = state.Real();
        }

        return new InstrumentShape(help, isWhole, ImmutableArray.Create(bounds));
    }
}
