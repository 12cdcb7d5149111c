// Before anything is drawn: lets the style sheet know that scripts run (govuk-frontend asks for these two names).
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
