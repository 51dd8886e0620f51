namespace Carillon.Web;

/// <summary>One query parameter of an endpoint.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it selects, and its default.</param>
internal sealed record QueryParameter(string Name, string Meaning);
