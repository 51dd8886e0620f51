using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Carillon.Web;

/// <summary>What every endpoint says about itself.</summary>
internal static class EndpointExtensions
{
    /// <summary>Who may call it, and which query parameters it knows; others are refused.</summary>
    public static RouteHandlerBuilder Allow(this RouteHandlerBuilder endpoint, Role role, QueryParameters? query = null)
    {
        endpoint.WithMetadata(new EndpointAccess(role, NeedsNode: true));
        return query is null ? endpoint : endpoint.WithMetadata(query);
    }

    /// <summary>Everyone may call it, without a token.</summary>
    public static RouteHandlerBuilder AllowEveryone(this RouteHandlerBuilder endpoint, bool needsNode)
    {
        return endpoint.WithMetadata(new EndpointAccess(Role: null, needsNode));
    }

    /// <summary>What it does, for the OpenAPI document.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string summary)
    {
        return endpoint.WithSummary(summary);
    }

    /// <summary>What it does and what it answers with, in an envelope.</summary>
    public static RouteHandlerBuilder Answers<T>(
        this RouteHandlerBuilder endpoint, string summary, int status = StatusCodes.Status200OK)
    {
        return endpoint.WithSummary(summary).Produces<Envelope<T>>(status, "application/json");
    }

    /// <summary>What its body holds. Only described: content types are the guard's, with better words.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint)
    {
        return endpoint.WithMetadata(new RequestBody(typeof(T)));
    }
}
