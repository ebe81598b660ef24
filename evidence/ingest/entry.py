"""What all entries share: strictness, and a second reading that saves what is not damaged."""

from typing import Any, Self, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)

# Lists and codes arrive as JSON's lists and texts, so strictness stops at them.
FROM_JSON = Field(strict=False)


class Entry(BaseModel):
    """One object of a file. With a context, a damaged field becomes None or () instead of an error.

    That second reading lets a damaged file still be compared with the others.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    @classmethod
    def salvaged(cls, content: object) -> Self:
        """Return what can be read of `content`; never raises."""
        return cls.model_validate(content, context={"salvage": True})

    @model_validator(mode="before")
    @classmethod
    def _name_every_key(cls, content: Any, info: ValidationInfo) -> Any:
        if not info.context:
            return content
        row = content if isinstance(content, dict) else {}
        keys = [field.alias or name for name, field in cls.model_fields.items()]
        return {key: row.get(key) for key in keys}

    @field_validator("*", mode="wrap")
    @classmethod
    def _drop_if_damaged(
        cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        try:
            return handler(value)
        except ValidationError:
            if not info.context:
                raise
            annotation = cls.model_fields[str(info.field_name)].annotation
            return () if get_origin(annotation) is tuple else None
