using System.Diagnostics.CodeAnalysis;

namespace Carillon.Web;

/// <summary>Reads why a caller pauses or cancels something.</summary>
internal static class ReasonField
{
    private const int MaxLength = 1_000;

    /// <summary>The reason, or <paramref name="missing"/>; what is wrong is noted in <paramref name="fields"/>.</summary>
    [return: NotNullIfNotNull(nameof(missing))]
    public static string? Read(JsonFields fields, string? missing)
    {
        var reason = fields.Text("reason") ?? missing;
        if (reason is { Length: 0 or > MaxLength })
        {
            fields.Note($"reason has {reason.Length} characters: 1 to {MaxLength} are allowed");
        }

        return reason;
    }
}
