using Carillon.Model;
using Microsoft.AspNetCore.Http;

namespace Carillon.Web;

/// <summary>
/// The query parameters of an endpoint. Others are refused: a filter with a slip in its name would select everything.
/// </summary>
internal sealed class QueryParameters
{
    private const int MaxLength = 1_000;

    /// <summary>Names the parameters.</summary>
    public QueryParameters(params IReadOnlyList<QueryParameter> items)
    {
        Items = items;
    }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<QueryParameter> Items { get; }

    /// <summary>Refuses unknown and repeated parameters, and values that no store can be asked for.</summary>
    /// <exception cref="RequestException">400.</exception>
    public void Check(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (!Items.Any(item => string.Equals(item.Name, name, StringComparison.Ordinal)))
            {
                var nearest = NearestWord.Of(name, Items.Select(static item => item.Name));
                throw RequestException.Bad(
                    $"query parameter '{StoredText.Clean(name, 80)}' is not known here; the nearest is '{nearest}'");
            }

            if (values.Count > 1)
            {
                throw RequestException.Bad($"query parameter '{name}' is there {values.Count} times: write it once");
            }

            var value = values[0] ?? string.Empty;
            if (value.Length > MaxLength || !ReferenceEquals(StoredText.Clean(value), value))
            {
                throw RequestException.Bad(
                    $"query parameter '{name}' has over {MaxLength} characters, U+0000 or half of a surrogate pair");
            }
        }
    }
}
