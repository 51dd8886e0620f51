using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Carillon.Metrics;

/// <summary>
/// Clean labels of a series: sorted by name, each name once. Two sets are equal when their labels are. Immutable.
/// </summary>
public sealed class LabelSet : IEquatable<LabelSet>
{
    /// <summary>No labels.</summary>
    public static readonly LabelSet Empty = new([]);

    /// <summary>What came after the limit of sets: every label that its operation has is <c>_other</c>.</summary>
    public static readonly LabelSet Other = new([new OperationLabel(LabelRules.Other, LabelRules.Other)]);

    /// <summary>Makes a set.</summary>
    /// <param name="labels">Clean, sorted by name in ordinal order, each name once.</param>
    public LabelSet(ImmutableArray<OperationLabel> labels)
    {
        Labels = labels;
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            text.Append(name).Append('\0').Append(value).Append('\0');
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), digest);
        Id = new Guid(digest[..16]);
    }

    /// <summary>The labels.</summary>
    public ImmutableArray<OperationLabel> Labels { get; }

    /// <summary>A digest of the labels: equal for equal sets, on every node.</summary>
    public Guid Id { get; }

    /// <summary>Whether this is <see cref="Other"/>.</summary>
    public bool IsOther => Id == Other.Id;

    /// <inheritdoc/>
    public bool Equals(LabelSet? other)
    {
        return other is not null && Id == other.Id;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj)
    {
        return Equals(obj as LabelSet);
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        return Id.GetHashCode();
    }

    /// <summary>Writes the labels in the format that <see cref="Read"/> reads.</summary>
    internal void Write(StateWriter state)
    {
        state.Number(Labels.Length);
        foreach (var (name, value) in Labels)
        {
            state.Text(name);
            state.Optional(value);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static LabelSet Read(ref StateReader state)
    {
        var labels = ImmutableArray.CreateBuilder<OperationLabel>();
        for (var left = state.Count(LabelRules.MaxLabels); left > 0; left--)
        {
            var name = state.Text();
            labels.Add(new OperationLabel(name, state.OptionalText()));
        }

        return new LabelSet(labels.ToImmutable());
    }
}
